using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The operations for which libtorch has a fast kernel and no meta one, each beside its definition. The
/// definition is the specification that the kernel is tested against, and what runs on the meta device, where only
/// shapes and devices are checked.</summary>
internal static class Kernels
{
    /// <summary>Rows of a matrix [V, C] by their numbers [B, T]: [B, T, C].</summary>
    public static Tensor LookUp(Embedding table, Tensor ids) => OnMeta(ids) ? LookUpByDefinition(table.weight!, ids)
        : table.call(ids);

    public static Tensor LookUpByDefinition(Tensor weight, Tensor ids) => weight[ids];

    /// <summary>Layer norm over the last dimension (Ba et al. 2016): [.., C] to [.., C].</summary>
    public static Tensor Normalise(LayerNorm norm, Tensor x) => OnMeta(x)
        ? NormaliseByDefinition(norm.weight!, norm.bias!, x) : norm.call(x);

    public static Tensor NormaliseByDefinition(Tensor gain, Tensor bias, Tensor x)
    {
        var centred = x - x.mean([-1], keepdim: true);
        var variance = (centred * centred).mean([-1], keepdim: true);
        return (centred / variance.Plus(1e-5).sqrt() * gain).Plus(bias);
    }

    /// <summary>Causal attention (Vaswani et al. 2017): queries and result are [B, H, T, D]; keys and values may begin
    /// earlier than the queries, and end with them. The kernel takes the mask only from the start, or for the last
    /// position, which sees everything.</summary>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v) => OnMeta(q) || (q.size(2) > 1 && q.size(2) < k.size(2))
        ? AttendByDefinition(q, k, v) : functional.scaled_dot_product_attention(q, k, v, is_casual: q.size(2) > 1);

    /// <summary>The values of the positions up to one's own, weighted: [B, H, T, D].</summary>
    public static Tensor AttendByDefinition(Tensor q, Tensor k, Tensor v) => AttentionWeights(q, k).matmul(v);

    /// <summary>Attention to positions before and after: queries and result are [B, H, T, D]; of the positions of keys
    /// and values, those are seen at which <paramref name="seen"/>, [B, 1, 1, S], is true.</summary>
    public static Tensor AttendAll(Tensor q, Tensor k, Tensor v, Tensor seen) =>
        OnMeta(q) ? AttendAllByDefinition(q, k, v, seen)
            : functional.scaled_dot_product_attention(q, k, v, attn_mask: seen);

    /// <summary>The values of the positions that are seen, weighted: [B, H, T, D].</summary>
    public static Tensor AttendAllByDefinition(Tensor q, Tensor k, Tensor v, Tensor seen) =>
        Weights(q, k, seen.eq(Scalars.Zero)).matmul(v);

    /// <summary>softmax(q k' / sqrt(D)) over the positions up to one's own: [B, H, T, all], rows sum to 1.</summary>
    public static Tensor AttentionWeights(Tensor q, Tensor k)
    {
        long T = q.size(2), all = k.size(2);
        return Weights(q, k, ones(T, all, dtype: @bool, device: q.device).triu(1 + all - T)); // the future is hidden
    }

    private static Tensor Weights(Tensor q, Tensor k, Tensor hidden)
    {
        var scores = q.matmul(k.transpose(-2, -1)).Over(Math.Sqrt(q.size(3)));                        // [B, H, T, all]
        return Scalars.With(double.NegativeInfinity, never => scores.masked_fill(hidden, never)).softmax(-1);
    }

    /// <summary>Recurrent layers over a sequence [B, T, C]: their outputs [B, T, C], and what they end with: the states
    /// of all layers, [L, B, C], and the cells of an LSTM.</summary>
    /// <param name="memory">What an earlier sequence ended with; empty at the start.</param>
    public static (Tensor Outputs, IReadOnlyList<Tensor> Memory) Recur(Module layers, Tensor x,
        IReadOnlyList<Tensor> memory)
    {
        if (OnMeta(x)) return RecurByDefinition(layers, x, memory);
        var before = memory.Count == 0 ? null : memory[0];
        if (layers is LSTM lstm)
        {
            Lstm call = is_grad_enabled() ? (layers, x, before) => layers.call(x, before) : LstmKernel.OfLibtorch.Call;
            var (outputs, states, cells) = call(lstm, x, before is null ? null : (before, memory[1]));
            return (outputs, [states, cells]);
        }
        var (output, state) = layers is GRU gru ? gru.call(x, before) : ((RNN)layers).call(x, before);
        return (output, [state]);
    }

    /// <summary>One token after another, layer by layer, as in <see cref="Step"/>, in the sequence's
    /// precision.</summary>
    public static (Tensor Outputs, IReadOnlyList<Tensor> Memory) RecurByDefinition(Module layers, Tensor x,
        IReadOnlyList<Tensor> memory)
    {
        var parameters = layers.named_parameters().ToDictionary(p => p.name, p => p.parameter.to(x.dtype));
        var (states, cells) = (new List<Tensor>(), new List<Tensor>());
        for (var layer = 0; layer < parameters.Count / 4; layer++)
        {
            var h = memory.Count == 0 ? zeros_like(x[.., 0]) : memory[0][layer];                      // [B, C]
            var c = memory.Count < 2 ? zeros_like(x[.., 0]) : memory[1][layer];
            var outputs = new List<Tensor>();
            for (var t = 0; t < x.size(1); t++)
            {
                Tensor[] Products(string of, Tensor v) =>
                    functional.linear(v, parameters[$"weight_{of}_l{layer}"],
                        parameters[$"bias_{of}_l{layer}"]).split(x.size(2), 1);
                (h, c) = Step(layers, Products("ih", x[.., t]), Products("hh", h), h, c);
                outputs.Add(h);
            }
            x = stack(outputs, 1);
            states.Add(h);
            cells.Add(c);
        }
        return (x, layers is LSTM ? [stack(states), stack(cells)] : [stack(states)]);
    }

    /// <summary>The next state and cell, from the products of the layer's matrices with the token and with the state.
    /// RNN: tanh. GRU: reset and update gate. LSTM: gates of input, forgetting and output, and the candidate third
    /// among them.</summary>
    private static (Tensor State, Tensor Cell) Step(Module layers, Tensor[] token, Tensor[] before, Tensor h, Tensor c)
    {
        Tensor Gate(int i) => token[i].Plus(before[i]).sigmoid();
        if (layers is RNN) return (token[0].Plus(before[0]).tanh(), c);
        if (layers is GRU) return (token[2].Plus(Gate(0) * before[2]).tanh().lerp(h, Gate(1)), c); // (1 - z) new + z h
        c = (Gate(1) * c).Plus(Gate(0) * token[2].Plus(before[2]).tanh());
        return (Gate(3) * c.tanh(), c);
    }

    private static bool OnMeta(Tensor t) => t.device_type == DeviceType.META;
}
