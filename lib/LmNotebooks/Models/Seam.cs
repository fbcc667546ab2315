using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Token vectors, in a Transformer plus position vectors: [B, T] to [B, T, C]. Where tokens have pieces, the
/// table is of these, and a token's vector is the sum of its pieces' vectors.</summary>
public sealed class TokenEmbedding(ModelConfig c) : Layer
{
    private readonly Embedding token = Embedding(c.Pieces?.Count ?? c.Vocabulary, c.VectorWidth ?? c.Width);
    private readonly long[,]? pieces = c.Pieces?.Padded();
    private readonly Linear? widen = c.VectorWidth is { } width ? Linear(width, c.Width, hasBias: false) : null;
    private readonly Embedding? position = c.Architecture == Architecture.Transformer ? Embedding(c.Context, c.Width)
        : null;

    /// <summary>The token vectors, [V, C].</summary>
    public Tensor Weight => Widen(Table);

    /// <summary>The token vectors where they are a table [V, C] as it stands, which neither pieces nor factors make;
    /// else null.</summary>
    internal Tensor? WholeTable => pieces is null && widen is null ? token.weight! : null;

    /// <summary>The token vectors before they are widened, [V, E].</summary>
    private Tensor Table => pieces is null ? token.weight! : SumOfPieces(PiecesOfAll);

    /// <summary>The pieces of each token, [V, most of a token]; below 0 beyond the last.</summary>
    private Tensor PiecesOfAll => tensor(pieces!, device: token.weight!.device);

    public override Tensor forward(Tensor tokens) => Read(tokens, 0);

    /// <summary>The vectors of tokens before which <paramref name="earlier"/> others stand.</summary>
    public Tensor Read(Tensor tokens, long earlier)
    {
        var x = Vectors(tokens);                                                                      // [B, T, C]
        return position is null ? x : x.Plus(position.weight!.narrow(0, earlier, tokens.size(1)));
    }

    /// <summary>The vectors of tokens wherever they stand: [..] to [.., C].</summary>
    public Tensor Vectors(Tensor tokens) =>
        Widen(pieces is null ? Kernels.LookUp(token, tokens) : SumOfPieces(PiecesOfAll[tokens]));

    /// <summary>The product of each position with each token vector, and a bias: [B, T, C] to [B, T, V]. Factors are
    /// multiplied one after the other, the narrow way.</summary>
    public Tensor Products(Tensor x, Tensor bias) =>
        functional.linear(widen is null ? x : x.matmul(widen.weight!), Table, bias);

    /// <summary>What the vector of a token costs: a look-up, and the product that widens it.</summary>
    /// <param name="owner">The part that it is.</param>
    public IEnumerable<Application> Applications(Part owner) => [new(owner, 0), .. Widening(owner)];

    /// <summary>What <see cref="Products"/> costs, a position.</summary>
    /// <inheritdoc cref="Applications"/>
    public IEnumerable<Application> ProductApplications(Part owner) =>
        [.. Widening(owner), new(owner, 2.0 * (c.VectorWidth ?? c.Width) * c.Vocabulary)];

    private IEnumerable<Application> Widening(Part owner) => c.VectorWidth is { } width
        ? [new(owner, 2.0 * width * c.Width)] : [];

    private Tensor SumOfPieces(Tensor of) => // [.., most of a token] to [.., E]
        (Kernels.LookUp(token, of.clamp_min(Scalars.Zero)) * of.ge(Scalars.Zero).unsqueeze(-1)).sum(-2);

    private Tensor Widen(Tensor vectors) => widen is null ? vectors : widen.call(vectors);
}

/// <summary>What stands between embedding and head: [B, T, C] to [B, T, C]. No position sees a later one.</summary>
public abstract class Body : Layer
{
    public override Tensor forward(Tensor x) => States(x);

    /// <summary>It as a part of a model, with its layers as parts of that if they can be trained apart.</summary>
    public virtual Part As(string name) => new(name, this);

    /// <summary>The output at each position of whole texts: [B, T, C] to [B, T, C].</summary>
    /// <param name="layers">How many of its layers are gone through; null for all.</param>
    /// <exception cref="ArgumentException">It cannot be left after so many layers; one sentence.</exception>
    public virtual Tensor States(Tensor x, int? layers = null) => Read(x, [], layers).Output;

    /// <summary>Goes on where an earlier call ended.</summary>
    /// <param name="memory">What the earlier call kept; empty at the start of a text. It is not changed.</param>
    /// <param name="layers">How many of its layers are gone through; null for all.</param>
    /// <returns>The output at the new positions, and what is to be kept of all so far.</returns>
    /// <exception cref="ArgumentException">It cannot be left after so many layers; one sentence.</exception>
    public abstract (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory,
        int? layers = null);

    /// <summary>What it computes over sequences of this length, in order.</summary>
    /// <param name="owner">The part that it is.</param>
    /// <inheritdoc cref="Read"/>
    public abstract IEnumerable<Application> Applications(Part owner, int length, int? layers = null);
}

/// <summary>The output layer: [B, T, C] to logits [B, T, V].</summary>
/// <param name="tied">Multiplies with the matrix [V, C] of another part, and adds the bias; null for a matrix of its
/// own.</param>
public sealed class OutputHead(ModelConfig c, Func<TokenEmbedding>? tied) : Layer
{
    private readonly Parameter? weight = tied is null ? new Parameter(empty(c.Vocabulary, c.Width)) : null;
    private readonly Parameter bias = new(zeros(c.Vocabulary));

    // [B, T, V]
    public override Tensor forward(Tensor x) => weight is null ? tied!().Products(x, bias)
        : functional.linear(x, weight, bias);

    /// <summary>Mean cross-entropy with the targets, [B, T], below 0 where no loss counts: a scalar, in nats.</summary>
    public Tensor Loss(Tensor x, Tensor targets) => FastPath.Takes(x) && (weight ?? tied!().WholeTable) is { } matrix
        ? LossPass.Run(x, matrix, bias, targets)
            : functional.cross_entropy(call(x).flatten(0, 1), targets.flatten(), ignore_index: Corpus.Nothing);
}
