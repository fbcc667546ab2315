using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

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
