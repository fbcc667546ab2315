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

    /// <inheritdoc/>
    /// <remarks>Its parts are the layers and the final norm. What layers share belongs to the first of them.</remarks>
    public override Part As(string name) =>
        new(name, this) { Parts = [.. blocks.Select((block, i) => new Part($"{name} layer {i + 1}", block)), new($"{name} norm", norm)] };

    /// <summary>The numbers of the layers whose attention and whose feed-forward part each layer uses.</summary>
    private IEnumerable<(int Attention, int FeedForward)> Layers(int? first = null) => first is null or > 0 && !(first > c.Layers)
        ? Enumerable.Range(0, first ?? c.Layers).Select(i => (c.AttentionOf?[i] ?? i, c.FeedForwardOf?[i] ?? i))
        : throw new ArgumentException($"The way leaves the body after {first} layers, and it has {c.Layers}: name 1 to {c.Layers}.");

    /// <inheritdoc/>
    /// <remarks>Kept are the keys and the values of each layer, [B, T, H, D], or one head of them.</remarks>
    public override (Tensor, IReadOnlyList<Tensor>) Read(Tensor x, IReadOnlyList<Tensor> memory, int? layers = null)      // [B, T, C]
    {
        var kept = new List<Tensor>();
        foreach (var (attention, feedForward) in Layers(layers))
        {
            (x, var keys, var values) = memory.Count == 0 ? blocks[attention].Attend(x) : blocks[attention].Attend(x, memory[kept.Count], memory[kept.Count + 1]);
            kept.AddRange(keys, values);
            x = blocks[feedForward].FeedForward(x);
        }
        return (Kernels.Normalise(norm, x), kept);
    }

    public override IEnumerable<Application> Applications(Part owner, int length, int? layers = null)
    {
        double C = c.Width, K = c.KeyWidth;
        foreach (var (attention, feedForward) in Layers(layers))
        {
            yield return new(owner.Parts[attention], 2 * C * (C + 2 * K));       // queries, keys, values
            yield return new(null, 4 * length * C);                              // scores and their weighted sum
            yield return new(owner.Parts[attention], 2 * C * C);
            yield return new(owner.Parts[feedForward], 2 * 4 * C * C);
            yield return new(owner.Parts[feedForward], 2 * 4 * C * C);
        }
    }

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
