using LmNotebooks.Passes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The blocks and the final layer norm: [B, T, C] to [B, T, C].</summary>
/// <param name="lender">The encoder whose blocks stand in the place of its own, but for the attention to the source;
/// null where all are its own.</param>
public sealed class DecoderBody(ModelConfig c, Part? lender = null) : Body
{
    private readonly ModuleList<Block> blocks = new([.. Enumerable.Range(0, c.Layers).Select(i =>
        new Block(c, lender is null && ModelConfig.IsOwn(c.AttentionOf, i), lender is null
            && ModelConfig.IsOwn(c.FeedForwardOf, i),
            crosses: c.SourceVocabulary is not null && ModelConfig.IsOwn(c.AttentionOf, i)))]);
    private readonly LayerNorm norm = LayerNorm(c.Width);

    /// <inheritdoc/>
    /// <remarks>Its parts are the layers and the final norm. What layers share belongs to the first of them.</remarks>
    public override Part As(string name) =>
        new(name, this) { Parts = [.. blocks.Select((block, i) => new Part($"{name} layer {i + 1}", block)),
            new($"{name} norm", norm)] };

    /// <summary>The numbers of the layers whose attention and whose feed-forward part each layer uses.</summary>
    private IEnumerable<(int Attention, int FeedForward)> Layers(int? first = null) => first is null or > 0
        && !(first > c.Layers)
        ? Enumerable.Range(0, first ?? c.Layers).Select(i => (c.AttentionOf?[i] ?? i, c.FeedForwardOf?[i] ?? i))
        : throw new ArgumentException($"The way leaves the body after {first} layers, and it has {c.Layers}: name 1 to "
            + $"{c.Layers}.");

    /// <summary>The blocks whose self-attention and feed-forward parts are used.</summary>
    private ModuleList<Block> Lent => (lender?.Module as TransformerEncoder)?.Blocks ?? blocks;

    /// <inheritdoc/>
    /// <remarks>Kept are the keys and the values of each layer, [B, T, H, D], or one head of them.</remarks>
    public override (Tensor, IReadOnlyList<Tensor>) Read(Tensor x, IReadOnlyList<Tensor> memory, int? layers = null) =>
        Read(x, memory, null, layers);

    /// <summary>The same of a translation.</summary>
    // [B, T, C]
    public (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory, Encoded? source,
        int? layers)
    {
        var (kept, lent) = (new List<Tensor>(), Lent);
        foreach (var (attention, feedForward) in Layers(layers))
        {
            (x, var keys, var values) = memory.Count == 0 ? lent[attention].Attend(x) : lent[attention]
                .Attend(x, memory[kept.Count], memory[kept.Count + 1]);
            kept.AddRange(keys, values);
            if (source is not null) x = blocks[attention].Cross(x, source);
            x = lent[feedForward].FeedForward(x);
        }
        return (Kernels.Normalise(norm, x), kept);
    }

    public override Tensor States(Tensor x, int? layers = null) => States(x, null, layers);

    /// <summary>The same of a translation.</summary>
    public Tensor States(Tensor x, Encoded? source, int? layers)                                      // [B, T, C]
    {
        if (!FastPath.Takes(x)) return Read(x, [], source, layers).Output;
        List<RowPass> passes = [];
        foreach (var (attention, feedForward) in Layers(layers))
        {
            passes.Add(Lent[attention].AttentionPass());
            if (source is not null) (x, passes) = (blocks[attention].Cross(Chain.Run(x, passes, null), source), []);
            passes.Add(Lent[feedForward].FeedForwardPass());
        }
        return Chain.Run(x, [.. passes, new FinalNorm(norm)], null);
    }

    /// <inheritdoc/>
    public override IEnumerable<Application> Applications(Part owner, int length, int? layers = null) => Layers(layers)
        .SelectMany(l => (Application[])
    [
        .. Block.OfAttention(c, lender ?? owner.Parts[l.Attention], length),
        .. c.SourceVocabulary is null ? [] : Block.OfCrossing(c, owner.Parts[l.Attention], length),
        .. Block.OfFeedForward(c, lender ?? owner.Parts[l.FeedForward]),
    ]).Append(new(owner.Parts[^1], 0));

    /// <summary>The attention weights of each layer, [B, H, T, T].</summary>
    public IEnumerable<Tensor> AttentionWeights(Tensor x)
    {
        foreach (var (attention, feedForward) in Layers())
        {
            yield return blocks[attention].AttentionWeights(x);
            x = blocks[feedForward].FeedForward(blocks[attention].Attend(x).Output);
        }
    }
}
