using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The three operations for which libtorch has a fast kernel and no meta one, each beside its definition. The definition is the
/// specification that the kernel is tested against, and what runs on the meta device, where only shapes and devices are checked.</summary>
public static class Kernels
{
    /// <summary>Rows of a matrix [V, C] by their numbers [B, T]: [B, T, C].</summary>
    public static Tensor LookUp(Embedding table, Tensor ids) => OnMeta(ids) ? LookUpByDefinition(table.weight!, ids) : table.call(ids);

    public static Tensor LookUpByDefinition(Tensor weight, Tensor ids) => weight[ids];

    /// <summary>Layer norm over the last dimension (Ba et al. 2016): [.., C] to [.., C].</summary>
    public static Tensor Normalise(LayerNorm norm, Tensor x) => OnMeta(x) ? NormaliseByDefinition(norm.weight!, norm.bias!, x) : norm.call(x);

    public static Tensor NormaliseByDefinition(Tensor gain, Tensor bias, Tensor x)
    {
        var centred = x - x.mean([-1], keepdim: true);
        return centred / (centred.square().mean([-1], keepdim: true) + 1e-5).sqrt() * gain + bias;
    }

    /// <summary>Causal attention (Vaswani et al. 2017): queries, keys, values and result are [B, H, T, D].</summary>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v) =>
        OnMeta(q) ? AttendByDefinition(q, k, v) : functional.scaled_dot_product_attention(q, k, v, is_casual: true);

    /// <summary>softmax(q k' / sqrt(D)) v over the positions up to one's own.</summary>
    public static Tensor AttendByDefinition(Tensor q, Tensor k, Tensor v)
    {
        long T = q.size(2), D = q.size(3);
        var scores = q.matmul(k.transpose(-2, -1)) / Math.Sqrt(D);                                    // [B, H, T, T]
        var future = ones(T, T, dtype: @bool, device: q.device).triu(1);
        return scores.masked_fill(future, float.NegativeInfinity).softmax(-1).matmul(v);
    }

    private static bool OnMeta(Tensor t) => t.device_type == DeviceType.META;
}
