using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The blocks and the final layer norm: [B, T, C] to [B, T, C].</summary>
/// <param name="lender">The encoder whose blocks stand in the place of its own, but for the attention to the source; null where all are its own.</param>
public sealed class DecoderBody(ModelConfig c, Part? lender = null) : Body
{
    private readonly ModuleList<Block> blocks = new([.. Enumerable.Range(0, c.Layers).Select(i =>
        new Block(c, lender is null && ModelConfig.IsOwn(c.AttentionOf, i), lender is null && ModelConfig.IsOwn(c.FeedForwardOf, i),
            crosses: c.SourceVocabulary is not null && ModelConfig.IsOwn(c.AttentionOf, i)))]);
    private readonly LayerNorm norm = LayerNorm(c.Width);

    /// <summary>The blocks whose attention, whose attention to the source and whose feed-forward part each layer uses.</summary>
    private IEnumerable<(Block Attention, Block Crossing, Block FeedForward)> Layers
    {
        get
        {
            var from = (lender?.Module as TransformerEncoder)?.Blocks ?? blocks;
            return Enumerable.Range(0, c.Layers).Select(i => (from[c.AttentionOf?[i] ?? i], blocks[c.AttentionOf?[i] ?? i], from[c.FeedForwardOf?[i] ?? i]));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Kept are the keys and the values of each layer, [B, T, H, D], or one head of them.</remarks>
    public override (Tensor, IReadOnlyList<Tensor>) Read(Tensor x, IReadOnlyList<Tensor> memory) => Read(x, memory, null);

    /// <summary>The same of a translation.</summary>
    public (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory, Encoded? source)      // [B, T, C]
    {
        var kept = new List<Tensor>();
        foreach (var (attention, crossing, feedForward) in Layers)
        {
            (x, var keys, var values) = memory.Count == 0 ? attention.Attend(x) : attention.Attend(x, memory[kept.Count], memory[kept.Count + 1]);
            kept.AddRange(keys, values);
            if (source is not null) x = crossing.Cross(x, source);
            x = feedForward.FeedForward(x);
        }
        return (Kernels.Normalise(norm, x), kept);
    }

    public override IEnumerable<Application> Applications(Part owner, int length) => Enumerable.Range(0, c.Layers).SelectMany(_ => (Application[])
    [
        .. Block.OfAttention(c, lender ?? owner, length),
        .. c.SourceVocabulary is null ? [] : Block.OfCrossing(c, owner, length * c.SourceShare),
        .. Block.OfFeedForward(c, lender ?? owner),
    ]);

    /// <summary>The attention weights of each layer, [B, H, T, T].</summary>
    public IEnumerable<Tensor> AttentionWeights(Tensor x)
    {
        foreach (var (attention, _, feedForward) in Layers)
        {
            yield return attention.AttentionWeights(x);
            x = feedForward.FeedForward(attention.Attend(x).Output);
        }
    }
}
