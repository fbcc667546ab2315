using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Token vectors, in a Transformer plus position vectors: [B, T] to [B, T, C].</summary>
public sealed class TokenEmbedding(ModelConfig c) : Layer
{
    private readonly Embedding token = Embedding(c.Vocabulary, c.Width);
    private readonly Embedding? position = c.Architecture == Architecture.Transformer ? Embedding(c.Context, c.Width) : null;

    /// <summary>The token vectors, [V, C].</summary>
    public Tensor Weight => token.weight!;

    public override Tensor forward(Tensor tokens) => Read(tokens, 0);

    /// <summary>The vectors of tokens before which <paramref name="earlier"/> others stand.</summary>
    public Tensor Read(Tensor tokens, long earlier)
    {
        var x = Kernels.LookUp(token, tokens);                                                        // [B, T, C]
        return position is null ? x : x + position.weight!.narrow(0, earlier, tokens.size(1));
    }
}

/// <summary>What stands between embedding and head: [B, T, C] to [B, T, C]. No position sees a later one.</summary>
public abstract class Body : Layer
{
    public override Tensor forward(Tensor x) => Read(x, []).Output;

    /// <summary>Goes on where an earlier call ended.</summary>
    /// <param name="memory">What the earlier call kept; empty at the start of a text. It is not changed.</param>
    /// <returns>The output at the new positions, and what is to be kept of all so far.</returns>
    public abstract (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory);
}

/// <summary>The output layer: [B, T, C] to logits [B, T, V].</summary>
/// <param name="tied">Gives the matrix [V, C] of another part; null for a matrix of its own.</param>
public sealed class OutputHead(ModelConfig c, Func<Tensor>? tied) : Layer
{
    private readonly Parameter? weight = tied is null ? new Parameter(empty(c.Vocabulary, c.Width)) : null;
    private readonly Parameter bias = new(zeros(c.Vocabulary));

    public override Tensor forward(Tensor x) => functional.linear(x, weight ?? tied!(), bias);        // [B, T, V]
}
