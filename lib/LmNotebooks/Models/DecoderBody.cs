using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The blocks and the final layer norm: [B, T, C] to [B, T, C].</summary>
public sealed class DecoderBody(ModelConfig c) : Body
{
    private readonly ModuleList<Block> blocks = new([.. Enumerable.Range(0, c.Layers).Select(i =>
        new Block(c, attends: c.AttentionOf is null || c.AttentionOf[i] == i, feedsForward: c.FeedForwardOf is null || c.FeedForwardOf[i] == i))]);
    private readonly LayerNorm norm = LayerNorm(c.Width);

    /// <summary>The blocks whose attention and whose feed-forward part each layer uses.</summary>
    private IEnumerable<(Block Attention, Block FeedForward)> Layers =>
        Enumerable.Range(0, c.Layers).Select(i => (blocks[c.AttentionOf?[i] ?? i], blocks[c.FeedForwardOf?[i] ?? i]));

    /// <inheritdoc/>
    /// <remarks>Kept are the keys and the values of each layer, [B, T, H, D], or one head of them.</remarks>
    public override (Tensor, IReadOnlyList<Tensor>) Read(Tensor x, IReadOnlyList<Tensor> memory)      // [B, T, C]
    {
        var kept = new List<Tensor>();
        foreach (var (attention, feedForward) in Layers)
        {
            (x, var keys, var values) = memory.Count == 0 ? attention.Attend(x) : attention.Attend(x, memory[kept.Count], memory[kept.Count + 1]);
            kept.AddRange(keys, values);
            x = feedForward.FeedForward(x);
        }
        return (Kernels.Normalise(norm, x), kept);
    }

    public override IEnumerable<Application> Applications(Part owner, int length)
    {
        double C = c.Width, K = c.KeyWidth;
        for (var layer = 0; layer < c.Layers; layer++)
        {
            yield return new(owner, 2 * C * (C + 2 * K));       // queries, keys, values
            yield return new(null, 4 * length * C);             // scores and their weighted sum
            yield return new(owner, 2 * C * C);
            yield return new(owner, 2 * 4 * C * C);
            yield return new(owner, 2 * 4 * C * C);
        }
    }

    /// <summary>The attention weights of each layer, [B, H, T, T].</summary>
    public IEnumerable<Tensor> AttentionWeights(Tensor x)
    {
        foreach (var (attention, feedForward) in Layers)
        {
            yield return attention.AttentionWeights(x);
            x = feedForward.FeedForward(attention.Attend(x).Output);
        }
    }
}
