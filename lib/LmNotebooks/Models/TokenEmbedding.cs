using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The vectors of tokens, wherever these stand: [..] to [.., C]. Where tokens have pieces, the table is of
/// these, and a token's vector is the sum of its pieces' vectors.</summary>
public sealed class TokenEmbedding(ModelConfig c) : Layer
{
    private readonly Embedding token = Embedding(c.Pieces?.Count ?? c.Vocabulary, c.VectorWidth ?? c.Width);
    private readonly long[,]? pieces = c.Pieces?.Padded();
    private readonly Linear? widen = c.VectorWidth is { } width ? Linear(width, c.Width, hasBias: false) : null;

    /// <summary>The token vectors, [V, C].</summary>
    public Tensor Weight => Widen(Table);

    /// <summary>The token vectors where they are a table [V, C] as it stands, which neither pieces nor factors make;
    /// else null.</summary>
    internal Tensor? WholeTable => pieces is null && widen is null ? token.weight! : null;

    /// <summary>The token vectors before they are widened, [V, E].</summary>
    private Tensor Table => pieces is null ? token.weight! : SumOfPieces(PiecesOfAll);

    /// <summary>The pieces of each token, [V, most of a token]; below 0 beyond the last.</summary>
    private Tensor PiecesOfAll => tensor(pieces!, device: token.weight!.device);

    /// <inheritdoc/>
    /// <remarks>In a Transformer the standard deviation of the vectors is 0.1: with GPT-2's 0.02 for everything,
    /// Transformers this small end their budget two to three times as far from the entropy. Before recurrent layers it
    /// is 0.3: nothing normalises a state, so its size follows from that of the token vectors. With it the logits of a
    /// tied head begin near 1; of 0.1, 0.3 and 1, it is also the one with which the plain network ends its budget
    /// nearest to the entropy. Summing pieces leaves vectors their size, and so does the factor that widens
    /// them.</remarks>
    public override void Initialise(Generator generator)
    {
        var deviation = c.Architecture == Architecture.Transformer ? 0.1 : 0.3;
        var summed = c.Pieces is { } pieces ? pieces.OfToken.Average(of => of.Count) : 1;
        Initial.Draw(token.weight!, deviation / Math.Sqrt(summed), generator);
        if (widen is not null) Initial.Draw(widen, 1 / Math.Sqrt(c.VectorWidth!.Value), generator);
    }

    public override Tensor forward(Tensor tokens) =>
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
    internal IEnumerable<Application> ProductApplications(Part owner) =>
        [.. Widening(owner), new(owner, 2.0 * (c.VectorWidth ?? c.Width) * c.Vocabulary)];

    private IEnumerable<Application> Widening(Part owner) => c.VectorWidth is { } width
        ? [new(owner, 2.0 * width * c.Width)] : [];

    private Tensor SumOfPieces(Tensor of) => // [.., most of a token] to [.., E]
        (Kernels.LookUp(token, of.clamp_min(Scalars.Zero)) * of.ge(Scalars.Zero).unsqueeze(-1)).sum(-2);

    private Tensor Widen(Tensor vectors) => widen is null ? vectors : widen.call(vectors);
}
