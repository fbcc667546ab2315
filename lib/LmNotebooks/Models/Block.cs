using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Pre-norm block: x + attention, in the decoder of a translator x + attention to the source, then x + MLP. It
/// has the weights that its layer shares with no other: those of some of the three, of all or of none.</summary>
public sealed class Block : Module
{
    private readonly LayerNorm? normA, normC, normM;
    private readonly Attention? attention;
    private readonly CrossAttention? crossing;
    private readonly Linear? expand, residual;
    private readonly ModelConfig config;

    public Block(ModelConfig c, bool attends, bool feedsForward, bool crosses = false) : base("block")
    {
        config = c;
        // A layer that borrows weights from another has none of its own here.
        if (attends) (normA, attention) = (LayerNorm(c.Width), new(c));
        if (crosses) (normC, crossing) = (LayerNorm(c.Width), new(c));
        if (feedsForward)
            (normM, expand, residual) = (LayerNorm(c.Width), Linear(c.Width, 4 * c.Width),
            Linear(4 * c.Width, c.Width));
        RegisterComponents();
    }

    /// <inheritdoc cref="Layer.Initialise"/>
    public void Initialise(Generator generator)
    {
        foreach (var norm in new[] { normA, normC, normM }.OfType<LayerNorm>()) Initial.Set(norm);
        attention?.Initialise(generator);
        crossing?.Initialise(generator);
        if (expand is null || residual is null) return;
        Initial.Draw(expand, Initial.Deviation(config), generator);
        // What is added to x begins the smaller the more layers add, so that depth does not change the size of x.
        Initial.Draw(residual, Initial.ResidualDeviation(config), generator);
    }

    /// <summary>x + attention, after positions whose keys and values are given, if there are any; also returns those of
    /// all positions so far.</summary>
    // [B, T, C]
    public (Tensor Output, Tensor Keys, Tensor Values) Attend(Tensor x, Tensor? keys = null, Tensor? values = null)
    {
        // Look around: what do other positions know? The norm keeps the sizes of sums in bounds, layer after layer.
        (var y, keys, values) = attention!.Read(Kernels.Normalise(normA!, x), keys, values);

        // What was found is added, so that x itself goes through unchanged, and gradients come back unchanged.
        return (x.Plus(y), keys, values);                                                             // [B, T, C]
    }

    /// <summary>x + attention to all positions that are seen, also later ones: [B, T, C] to [B, T, C].</summary>
    public Tensor AttendAll(Tensor x, Tensor seen) => x.Plus(attention!.ReadAll(Kernels.Normalise(normA!, x), seen));

    /// <summary>x + attention to the source: [B, T, C] to [B, T, C].</summary>
    public Tensor Cross(Tensor x, Encoded source) => x.Plus(crossing!.Read(Kernels.Normalise(normC!, x), source));

    /// <summary>x + MLP: [B, T, C] to [B, T, C].</summary>
    public Tensor FeedForward(Tensor x) =>
        // Think about it: every position by itself, in a space four times as wide.
        x.Plus(residual!.call(functional.gelu(expand!.call(Kernels.Normalise(normM!, x)))));

    /// <summary>x + attention as a pass over rows; x + MLP is <see cref="FeedForwardPass"/>.</summary>
    internal RowPass AttentionPass() => attention!.Pass(normA!);

    /// <summary>x + MLP as a pass over rows.</summary>
    internal RowPass FeedForwardPass() => new FeedForwardPass(normM!, expand!, residual!);

    /// <summary>What <see cref="Kernels.AttentionWeights"/> says of this block's input: [B, H, T, T].</summary>
    public Tensor AttentionWeights(Tensor x) => attention!.Weights(Kernels.Normalise(normA!, x));

    /// <summary>What attention to so many positions computes, a token.</summary>
    internal static IEnumerable<Application> OfAttention(ModelConfig c, Part owner, double positions) =>
        // norm; queries, keys, values
        [new(owner, 0), new(owner, 2.0 * c.Width * (c.Width + 2 * c.KeyWidth)), .. Mixing(c, owner, positions)];

    /// <summary>What attention of a text to its source computes, a target token; keys and values are
    /// computed once, for each source token.</summary>
    internal static IEnumerable<Application> OfCrossing(ModelConfig c, Part owner, Extent text) =>
    [
        new(owner, 0), new(owner, 2.0 * c.Width * c.Width),                                           // norm; queries
        new(owner, text.SourceShare * 2 * c.Width * 2 * c.KeyWidth) { OfSource = true },
            .. Mixing(c, owner, text.Source),
    ];

    /// <summary>What the MLP computes, a token.</summary>
    internal static IEnumerable<Application> OfFeedForward(ModelConfig c, Part owner) =>
        [new(owner, 0), new(owner, 2.0 * 4 * c.Width * c.Width), new(owner, 2.0 * 4 * c.Width * c.Width)];

    /// <summary>Scores and their weighted sum, and the matrix after them.</summary>
    private static Application[] Mixing(ModelConfig c, Part owner, double positions) =>
        [new(null, 4 * positions * c.Width), new(owner, 2.0 * c.Width * c.Width)];
}
