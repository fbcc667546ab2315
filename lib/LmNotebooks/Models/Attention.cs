using LmNotebooks.Passes;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

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

    /// <summary>The output at positions that follow others, whose keys and values are given; also returns the keys and
    /// values of all positions so far, [B, T, H, D] or [B, T, 1, D].</summary>
    public (Tensor Output, Tensor Keys, Tensor Values) Read(Tensor x, Tensor? keys, Tensor? values)
    {
        var qkv = Project(x);
        // Each position asks by its query; the positions so far answer by their keys and values.
        keys = keys is null ? qkv[1] : cat([keys, qkv[1]], 1);
        values = values is null ? qkv[2] : cat([values, qkv[2]], 1);

        // Each head mixes the values whose keys fit its query: [B, H, T, D].
        var y = Kernels.Attend(qkv[0].transpose(1, 2), ForEachHead(keys, heads), ForEachHead(values, heads));

        // One more matrix brings what the heads have found together.
        return (residual.call(Join(y)), keys, values); // [B, T, C]
    }

    /// <summary>Attention to all positions at which <paramref name="seen"/>, [B, 1, 1, T], is true.</summary>
    public Tensor ReadAll(Tensor x, Tensor seen)
    {
        var qkv = Project(x);
        // Nothing comes after a whole text, so no keys and values are kept.
        return residual.call(Join(Kernels.AttendAll(qkv[0].transpose(1, 2), ForEachHead(qkv[1], heads),
            ForEachHead(qkv[2], heads), seen)));
    }

    /// <summary>The attention as a pass over rows, with the norm before it.</summary>
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
