using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>The rows that go through a chain of passes: B texts of T positions, one row of C numbers each.</summary>
/// <param name="Seen">Which positions each one sees, true or false, [B or 1, 1, T or 1, T]; null for those up to its
/// own.</param>
internal sealed record Texts(int B, int T, Tensor? Seen)
{
    /// <summary>[N, C], the rows of a text one after another.</summary>
    public int Rows => B * T;
}

/// <summary>One use of a part of a model: it changes rows in place, and knows the way back. A part that is used twice
/// has two.</summary>
internal abstract class RowPass
{
    /// <summary>The weights that are used.</summary>
    public abstract IEnumerable<Tensor> Weights { get; }

    /// <summary>Turns what comes in, [N, C], into what comes out, and keeps what the way back needs.</summary>
    public abstract void Forward(Tensor rows, Texts texts);

    /// <summary>Turns the gradient of what comes out, [N, C], into that of what comes in, and adds to the gradients of
    /// the weights.</summary>
    public abstract void Backward(Tensor gradient, Texts texts);
}
