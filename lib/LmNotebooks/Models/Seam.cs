using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Token vectors, in a Transformer plus position vectors: [B, T] to [B, T, C].</summary>
public sealed class TokenEmbedding(ModelConfig c) : Layer
{
    private readonly Embedding token = Embedding(c.Vocabulary, c.VectorWidth ?? c.Width);
    private readonly Linear? widen = c.VectorWidth is { } width ? Linear(width, c.Width, hasBias: false) : null;
    private readonly Embedding? position = c.Architecture == Architecture.Transformer ? Embedding(c.Context, c.Width) : null;

    /// <summary>The token vectors, [V, C].</summary>
    public Tensor Weight => Widen(token.weight!);

    public override Tensor forward(Tensor tokens) => Read(tokens, 0);

    /// <summary>The vectors of tokens before which <paramref name="earlier"/> others stand.</summary>
    public Tensor Read(Tensor tokens, long earlier)
    {
        var x = Widen(Kernels.LookUp(token, tokens));                                                 // [B, T, C]
        return position is null ? x : x + position.weight!.narrow(0, earlier, tokens.size(1));
    }

    /// <summary>The product of each position with each token vector, and a bias: [B, T, C] to [B, T, V]. Factors are multiplied one after the
    /// other, the narrow way.</summary>
    public Tensor Products(Tensor x, Tensor bias) => functional.linear(widen is null ? x : x.matmul(widen.weight!), token.weight!, bias);

    private Tensor Widen(Tensor vectors) => widen is null ? vectors : widen.call(vectors);
}

/// <summary>What stands between embedding and head: [B, T, C] to [B, T, C]. No position sees a later one.</summary>
public abstract class Body : Layer
{
    public override Tensor forward(Tensor x) => Read(x, []).Output;

    /// <summary>Goes on where an earlier call ended.</summary>
    /// <param name="memory">What the earlier call kept; empty at the start of a text. It is not changed.</param>
    /// <returns>The output at the new positions, and what is to be kept of all so far.</returns>
    public abstract (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory);

    /// <summary>What it computes over sequences of this length, in order.</summary>
    /// <param name="owner">The part that it is.</param>
    public abstract IEnumerable<Application> Applications(Part owner, int length);
}

/// <summary>The output layer: [B, T, C] to logits [B, T, V].</summary>
/// <param name="tied">Multiplies with the matrix [V, C] of another part, and adds the bias; null for a matrix of its own.</param>
public sealed class OutputHead(ModelConfig c, Func<Tensor, Tensor, Tensor>? tied) : Layer
{
    private readonly Parameter? weight = tied is null ? new Parameter(empty(c.Vocabulary, c.Width)) : null;
    private readonly Parameter bias = new(zeros(c.Vocabulary));

    public override Tensor forward(Tensor x) => weight is null ? tied!(x, bias) : functional.linear(x, weight, bias);     // [B, T, V]
}
