using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>What brings the vectors of tokens to each other: [B, T, C] to [B, T, C]. Read without a mask, no position
/// sees a later one, as a language model needs it; read with one, it sees what the mask says, as an encoder of whole
/// texts does.</summary>
public abstract class Body : Layer
{
    public override Tensor forward(Tensor x) => States(x);

    /// <summary>The body as a part of a model, with its layers as parts of that part if they can be trained
    /// apart.</summary>
    public virtual Part<Body> As(string name) => new(name, this);

    /// <summary>The output at each position of whole texts: [B, T, C] to [B, T, C].</summary>
    /// <param name="seen">Which positions each one sees, true or false, [B or 1, 1, T or 1, T]; null for those up to
    /// its own.</param>
    /// <param name="places">The places in the text at which the vectors stand, from 0, [B, T] or [T]; null for 0 ..
    /// T-1.</param>
    /// <param name="layers">How many of its layers are gone through; null for all.</param>
    /// <exception cref="ArgumentException">The text is too long, or it cannot be read in this way; one
    /// sentence.</exception>
    public abstract Tensor States(Tensor x, Tensor? seen = null, Tensor? places = null, int? layers = null);

    /// <summary>Reads on where an earlier call ended, at the next place of the text.</summary>
    /// <param name="memory">What the earlier call kept; empty at the start of a text. It is not changed.</param>
    /// <returns>The output at the new positions, and what is to be kept of all so far.</returns>
    /// <exception cref="ArgumentException">The text is too long; one sentence.</exception>
    public abstract (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory);

    /// <summary>What it computes over a text, in order.</summary>
    /// <param name="owner">The part that it is.</param>
    /// <param name="layers">How many of its layers are gone through; null for all.</param>
    /// <exception cref="ArgumentException">It cannot be left after so many layers; one sentence.</exception>
    public abstract IEnumerable<Application> Applications(Part owner, Extent text, int? layers = null);
}
