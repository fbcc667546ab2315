using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Transformer decoder (Vaswani et al. 2017, pre-norm) with the seam Embedding -> Body -> Head.</summary>
public sealed class TransformerLm(ModelConfig config, Generator generator) : LanguageModel(config.Checked(), new DecoderBody(config), generator)
{
    /// <summary>How much each position takes from each, by layer and head, when the model reads a text: row and column 0 are of
    /// <see cref="ModelConfig.Start"/>, t of the text's token t; each row sums to 1.</summary>
    /// <exception cref="ArgumentException">With the start token, the text is longer than the model's context.</exception>
    public IReadOnlyList<IReadOnlyList<double[,]>> AttentionWeights(IReadOnlyList<int> text)
    {
        var T = text.Count + 1;
        if (T > Context) throw new ArgumentException($"The text has {text.Count} tokens, but attention is shown for at most {Context - 1}: cut it.");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var ids = tensor([Config.Start, .. text], int64, device: Device).unsqueeze(0);   // [1, T]
        var x = Tokens.call(ids);
        return [.. ((DecoderBody)Body.Module).AttentionWeights(x)
            .Select(layer => layer[0].to(float64).cpu().unbind().Select(head => (double[,])head.data<double>().ToNDArray()).ToArray())];
    }
}

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

/// <summary>Pre-norm block: x + attention, then x + MLP. It has the weights that its layer shares with no earlier one: those of attention,
/// of the MLP, of both or of neither.</summary>
public sealed class Block : Module
{
    private readonly LayerNorm? normA, normM;
    private readonly Attention? attention;
    private readonly Linear? expand, residual;

    public Block(ModelConfig c, bool attends, bool feedsForward) : base("block")
    {
        if (attends) (normA, attention) = (LayerNorm(c.Width), new(c));
        if (feedsForward) (normM, expand, residual) = (LayerNorm(c.Width), Linear(c.Width, 4 * c.Width), Linear(4 * c.Width, c.Width));
        RegisterComponents();
    }

    /// <summary>x + attention, after positions whose keys and values are given, if there are any; also returns those of all positions so far.</summary>
    public (Tensor Output, Tensor Keys, Tensor Values) Attend(Tensor x, Tensor? keys = null, Tensor? values = null)     // [B, T, C]
    {
        (var y, keys, values) = attention!.Read(Kernels.Normalise(normA!, x), keys, values);
        return (x + y, keys, values);                                                                                   // [B, T, C]
    }

    /// <summary>x + MLP: [B, T, C] to [B, T, C].</summary>
    public Tensor FeedForward(Tensor x) => x + residual!.call(functional.gelu(expand!.call(Kernels.Normalise(normM!, x))));

    /// <summary>What <see cref="Kernels.AttentionWeights"/> says of this block's input: [B, H, T, T].</summary>
    public Tensor AttentionWeights(Tensor x) => attention!.Weights(Kernels.Normalise(normA!, x));
}

/// <summary>Causal multi-head self-attention: [B, T, C] to [B, T, C]. Queries, keys and values come from one matrix. There are keys and values
/// for each head, or of one head for all.</summary>
public sealed class Attention(ModelConfig c) : Layer
{
    private readonly Linear queryKeyValue = Linear(c.Width, c.Width + 2 * c.KeyWidth), residual = Linear(c.Width, c.Width);
    private readonly int heads = c.Heads, width = c.Width, keyHeads = c.MultiQuery ? 1 : c.Heads;

    public override Tensor forward(Tensor x) => Read(x, null, null).Output;

    /// <summary>The same after positions whose keys and values are given; also returns those of all positions so far, [B, T, H, D] or
    /// [B, T, 1, D].</summary>
    public (Tensor Output, Tensor Keys, Tensor Values) Read(Tensor x, Tensor? keys, Tensor? values)
    {
        var qkv = Project(x);
        keys = keys is null ? qkv[1] : cat([keys, qkv[1]], 1);
        values = values is null ? qkv[2] : cat([values, qkv[2]], 1);
        Tensor ForEachHead(Tensor t) => t.transpose(1, 2).expand(-1, heads, -1, -1);
        var y = Kernels.Attend(qkv[0].transpose(1, 2), ForEachHead(keys), ForEachHead(values));                         // [B, H, T, D]
        return (residual.call(y.transpose(1, 2).reshape(x.size(0), x.size(1), width)), keys, values);   // [B, T, C]
    }

    /// <summary>What each position takes from each: [B, H, T, T].</summary>
    public Tensor Weights(Tensor x)
    {
        var qkv = Project(x);
        return Kernels.AttentionWeights(qkv[0].transpose(1, 2), qkv[1].transpose(1, 2));
    }

    /// <summary>Queries, [B, T, H, D], and keys and values, the same or [B, T, 1, D].</summary>
    private Tensor[] Project(Tensor x) =>
        queryKeyValue.call(x).view(x.size(0), x.size(1), heads + 2 * keyHeads, width / heads).split([heads, keyHeads, keyHeads], 2);
}
