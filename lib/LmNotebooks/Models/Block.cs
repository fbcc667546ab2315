using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using TorchSharp;
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
        Initial.Draw(residual, Initial.ResidualDeviation(config), generator);
    }

    /// <summary>x + attention, after positions whose keys and values are given, if there are any; also returns those of
    /// all positions so far.</summary>
    // [B, T, C]
    public (Tensor Output, Tensor Keys, Tensor Values) Attend(Tensor x, Tensor? keys = null, Tensor? values = null)
    {
        (var y, keys, values) = attention!.Read(Kernels.Normalise(normA!, x), keys, values);
        return (x.Plus(y), keys, values);                                                             // [B, T, C]
    }

    /// <summary>x + attention to all positions that are seen, also later ones: [B, T, C] to [B, T, C].</summary>
    public Tensor AttendAll(Tensor x, Tensor seen) => x.Plus(attention!.ReadAll(Kernels.Normalise(normA!, x), seen));

    /// <summary>x + attention to the source: [B, T, C] to [B, T, C].</summary>
    public Tensor Cross(Tensor x, Encoded source) => x.Plus(crossing!.Read(Kernels.Normalise(normC!, x), source));

    /// <summary>x + MLP: [B, T, C] to [B, T, C].</summary>
    public Tensor FeedForward(Tensor x) =>
        x.Plus(residual!.call(functional.gelu(expand!.call(Kernels.Normalise(normM!, x)))));

    /// <summary>x + attention as a pass over rows; x + MLP is <see cref="FeedForwardPass"/>.</summary>
    internal RowPass AttentionPass() => attention!.Pass(normA!);

    /// <summary>x + MLP as a pass over rows.</summary>
    internal RowPass FeedForwardPass() => new FeedForwardPass(normM!, expand!, residual!);

    /// <summary>What <see cref="Kernels.AttentionWeights"/> says of this block's input: [B, H, T, T].</summary>
    public Tensor AttentionWeights(Tensor x) => attention!.Weights(Kernels.Normalise(normA!, x));

    /// <summary>What attention to so many positions computes, a token.</summary>
    public static IEnumerable<Application> OfAttention(ModelConfig c, Part owner, double positions) =>
        // norm; queries, keys, values
        [new(owner, 0), new(owner, 2.0 * c.Width * (c.Width + 2 * c.KeyWidth)), .. Mixing(c, owner, positions)];

    /// <summary>What attention of a text to its source computes, a target token; keys and values are
    /// computed once, for each source token.</summary>
    public static IEnumerable<Application> OfCrossing(ModelConfig c, Part owner, Extent text) =>
    [
        new(owner, 0), new(owner, 2.0 * c.Width * c.Width),                                           // norm; queries
        new(owner, text.SourceShare * 2 * c.Width * 2 * c.KeyWidth) { OfSource = true },
            .. Mixing(c, owner, text.Source),
    ];

    /// <summary>What the MLP computes, a token.</summary>
    public static IEnumerable<Application> OfFeedForward(ModelConfig c, Part owner) =>
        [new(owner, 0), new(owner, 2.0 * 4 * c.Width * c.Width), new(owner, 2.0 * 4 * c.Width * c.Width)];

    /// <summary>Scores and their weighted sum, and the matrix after them.</summary>
    private static Application[] Mixing(ModelConfig c, Part owner, double positions) =>
        [new(null, 4 * positions * c.Width), new(owner, 2.0 * c.Width * c.Width)];
}

/// <summary>Multi-head self-attention, causal unless said otherwise: [B, T, C] to [B, T, C]. Queries, keys and values
/// come from one matrix. There are keys and values for each head, or of one head for all.</summary>
public sealed class Attention(ModelConfig c) : Layer
{
    private readonly Linear queryKeyValue = Linear(c.Width, c.Width + 2 * c.KeyWidth),
        residual = Linear(c.Width, c.Width);
    private readonly int heads = c.Heads, width = c.Width, keyHeads = c.MultiQuery ? 1 : c.Heads;

    public override void Initialise(Generator generator)
    {
        Initial.Draw(queryKeyValue, Initial.Deviation(c), generator);
        Initial.Draw(residual, Initial.ResidualDeviation(c), generator);
    }

    public override Tensor forward(Tensor x) => Read(x, null, null).Output;

    /// <summary>The same after positions whose keys and values are given; also returns those of all positions so far,
    /// [B, T, H, D] or [B, T, 1, D].</summary>
    public (Tensor Output, Tensor Keys, Tensor Values) Read(Tensor x, Tensor? keys, Tensor? values)
    {
        var qkv = Project(x);
        keys = keys is null ? qkv[1] : cat([keys, qkv[1]], 1);
        values = values is null ? qkv[2] : cat([values, qkv[2]], 1);
        // [B, H, T, D]
        var y = Kernels.Attend(qkv[0].transpose(1, 2), ForEachHead(keys, heads), ForEachHead(values, heads));
        return (residual.call(Join(y)), keys, values); // [B, T, C]
    }

    /// <summary>Attention to all positions at which <paramref name="seen"/>, [B, 1, 1, T], is true.</summary>
    public Tensor ReadAll(Tensor x, Tensor seen)
    {
        var qkv = Project(x);
        return residual.call(Join(Kernels.AttendAll(qkv[0].transpose(1, 2), ForEachHead(qkv[1], heads),
            ForEachHead(qkv[2], heads), seen)));
    }

    /// <summary>It as a pass over rows, with the norm before it.</summary>
    internal RowPass Pass(LayerNorm norm) => new SelfAttentionPass(norm, queryKeyValue, residual, heads, keyHeads);

    /// <summary>What each position takes from each: [B, H, T, T].</summary>
    public Tensor Weights(Tensor x)
    {
        var qkv = Project(x);
        return Kernels.AttentionWeights(qkv[0].transpose(1, 2), qkv[1].transpose(1, 2));
    }

    /// <summary>Queries, [B, T, H, D], and keys and values, the same or [B, T, 1, D].</summary>
    private Tensor[] Project(Tensor x) =>
        queryKeyValue.call(x).view(x.size(0), x.size(1), heads + 2 * keyHeads,
            width / heads).split([heads, keyHeads, keyHeads], 2);

    /// <summary>[B, T, H, D] or [B, T, 1, D] to [B, H, T, D].</summary>
    internal static Tensor ForEachHead(Tensor t, int heads) => t.transpose(1, 2).expand(-1, heads, -1, -1);

    /// <summary>[B, H, T, D] to [B, T, C].</summary>
    internal static Tensor Join(Tensor y) => y.transpose(1, 2).reshape(y.size(0), y.size(2), y.size(1) * y.size(3));
}

/// <summary>Multi-head attention of a translation to its source: queries come from the translation, keys and values
/// from the source. There are keys and values for each head, or of one head for all.</summary>
public sealed class CrossAttention : Module
{
    private readonly Linear query, keyValue, residual;
    private readonly int heads, keyHeads, channels;
    private readonly ModelConfig config;

    public CrossAttention(ModelConfig c) : base("crossing")
    {
        config = c;
        (query, keyValue, residual) = (Linear(c.Width, c.Width), Linear(c.Width, 2 * c.KeyWidth),
            Linear(c.Width, c.Width));
        (heads, keyHeads, channels) = (c.Heads, c.MultiQuery ? 1 : c.Heads, c.Width / c.Heads);
        RegisterComponents();
    }

    /// <inheritdoc cref="Layer.Initialise"/>
    public void Initialise(Generator generator)
    {
        Initial.Draw(query, Initial.Deviation(config), generator);
        Initial.Draw(keyValue, Initial.Deviation(config), generator);
        Initial.Draw(residual, Initial.ResidualDeviation(config), generator);
    }

    public Tensor Read(Tensor x, Encoded source) // [B, T, C]
    {
        Tensor Split(Tensor t, int heads) => t.view(t.size(0), t.size(1), heads, channels);
        // [B, T, H, D], [B, S, H, D]
        var (q, kv) = (Split(query.call(x), heads), Split(keyValue.call(source.States), 2 * keyHeads).chunk(2, 2));
        var y = Kernels.AttendAll(q.transpose(1, 2), Attention.ForEachHead(kv[0], heads),
            Attention.ForEachHead(kv[1], heads), source.Seen);
        return residual.call(Attention.Join(y)); // [B, T, C]
    }
}
