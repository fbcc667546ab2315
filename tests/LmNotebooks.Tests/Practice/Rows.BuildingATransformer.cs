using LmNotebooks.Models;
using LmNotebooks.Practice;
using static TorchSharp.torch;
using Attention = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor,
    TorchSharp.torch.Tensor>;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> BuildingATransformer()
    {
        yield return Row.Of(Exercises.GradientOfLogit, -0.1, [0.2 - 0.3, (30 * (0.2 - 1) + 70 * 0.2) / 100, -0.1001],
            [0.1, -0.8, 0.8, -10, 10, -0.24, 0.2, -0.3, 0.3, -1.5, -Math.Log(0.2), 0, double.NegativeInfinity],
            [double.NaN], "a tenth", "one tenth");
        yield return Row.Of(Exercises.WeightsOfBlock, OfLibrary(48), [28272, 12 * 48 * 48 + 13 * 48, 28272.0000001],
            [27648, 28080, 27840, 28176, 9408, 25_920, 113_088, 18_864, 28_271, 30_000, 0, -28272,
                double.PositiveInfinity],
            [double.NaN], "28,272", "12 C²", "13 C");
        yield return Row.Of(Exercises.Window, T => ones(T, T).tril().triu(-2),
            [T => ones(T, T).triu(-2).tril(), T => ones(T, T, @bool).tril() & ones(T, T, @bool).triu(-2),
                T => ones(T, T).tril() - ones(T, T).tril(-3), T => ones(T, T, int64).tril().triu(-2),
                T => ones(T, T, float64).triu().tril(2).t(),
                T =>
                {
                    var seen = zeros(T, T);
                    for (long i = 0; i < T; i++)
                        for (var j = Math.Max(0, i - 2); j <= i; j++) seen[i, j] = 1;
                    return seen;
                }],
            [T => ones(T, T).tril(), T => ones(T, T).triu(-2), T => ones(T, T).triu().tril(2),
                T => ones(T, T).tril().triu(-1), T => ones(T, T).tril().triu(-3), T => ones(T, T).tril(-1).triu(-2),
                T => ones(T, T).triu(-2).tril(2), T => ones(T, T).tril().triu(-2).log(), T => ones(T), T => ones(3, 3),
                T => ones(T, T).tril().triu(-2) * 2, T => ones(T + 1, T + 1).tril().triu(-2), T => eye(T),
                .. Broken().Select(broken => (Func<long, Tensor>)(T => broken(ones(T, T))))],
            [null, T => null!, T => throw new NotImplementedException()], ".triu(-2)", "triu(-2)", "tril(0)");
        yield return Row.Of(Exercises.MultiQuery, (q, k, v) => Mix(q, k.unsqueeze(1), v.unsqueeze(1), Lower(q)),
            [(q, k, v) => Mix(q, k.unsqueeze(1).expand(-1, q.size(1), -1, -1), v.unsqueeze(1), Lower(q)),
                (q, k, v) => stack(q.unbind(1).Select(head => Mix(head, k, v, Lower(head))), 1),
                (q, k, v) => nn.functional.scaled_dot_product_attention(q, k.unsqueeze(1).expand_as(q),
                    v.unsqueeze(1).expand_as(q), is_casual: true),
                (q, k, v) => (einsum("bhtd,bsd->bhts", q, k) / Math.Sqrt(q.size(3))).masked_fill(
                    ones(q.size(2), q.size(2)).triu(1).to(@bool), double.NegativeInfinity).softmax(3)
                    .matmul(v.unsqueeze(1)),
                (q, k, v) => Mix(q.to(float64), k.to(float64).unsqueeze(1), v.to(float64).unsqueeze(1), Lower(q))],
            [(q, k, v) => Mix(q, k, v, Lower(q)), (q, k, v) => q.matmul(k), (q, k, v) => v, (q, k, v) => q,
                (q, k, v) => Mix(q, k.unsqueeze(0), v.unsqueeze(0), Lower(q)),
                (q, k, v) => Mix(q, k.unsqueeze(1), v.unsqueeze(1), Lower(q)).mean([1]),
                .. Wrong().Select(wrong => (Attention)((q, k, v) => wrong(q, k.unsqueeze(1), v.unsqueeze(1)))),
                .. Broken().Select(broken => (Attention)((q, k, v) => broken(q)))],
            [null, (q, k, v) => null!, (q, k, v) => throw new NotImplementedException()], "k.unsqueeze", "v.unsqueeze",
            "tril()");
        yield return Row.Of(Exercises.ProudAttention, (q, k, v) => Mix(q, k, v, Lower(q)),
            [(q, k, v) => Mix(q, k, v, Lower(q).transpose(0, 1).t()),
                (q, k, v) => Mix(q, k, v, ones(q.size(1), q.size(1)).tril(0)),
                (q, k, v) => nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true),
                (q, k, v) =>
                {
                    var rows = new List<Tensor>();
                    for (long t = 1; t <= q.size(1); t++)
                        rows.Add(Mix(q.narrow(1, t - 1, 1), k.narrow(1, 0, t), v.narrow(1, 0, t), ones(1, t)));
                    return cat(rows, 1);
                }],
            [.. Wrong().Where((_, i) => i != 1), (q, k, v) => Mix(q, k, v, Lower(q, 2)), (q, k, v) => v,
                (q, k, v) => Mix(q, k, v, Lower(q).t()), (q, k, v) => q.matmul(v),
                .. Broken().Select(broken => (Attention)((q, k, v) => broken(q)))],
            [null, (q, k, v) => null!, (q, k, v) => Mix(q, k, v, Lower(q, 1)),
                (q, k, v) => Mix(q, k, v, ones(q.size(1), q.size(1)).triu(-1).t())],
            "tril()", "tril(0)", "Leak");
    }

    private static double OfLibrary(int width)
    {
        using var block = new Block(new ModelConfig { Vocabulary = 2, Context = 2, Width = width, Heads = 4 },
            attends: true, feedsForward: true);
        return block.parameters().Sum(p => p.numel());
    }

    private static Tensor Mix(Tensor q, Tensor k, Tensor v, Tensor mask) =>
        (q.matmul(k.transpose(-2, -1)) / tensor(Math.Sqrt(q.size(-1))) + mask.log()).softmax(-1).matmul(v);

    private static Tensor Lower(Tensor q, long diagonal = 0) => ones(q.size(-2), q.size(-2)).tril(diagonal);

    /// <summary>Causal attention with likely faults; the second sees the next word.</summary>
    private static IEnumerable<Attention> Wrong() =>
    [
        (q, k, v) => Mix(q, k, v, ones_like(Lower(q))), (q, k, v) => Mix(q, k, v, Lower(q, 1)),
        (q, k, v) => Mix(q, k, v, Lower(q, -1)),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) + Lower(q).log()).softmax(-1).matmul(v),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) / tensor(q.size(-1)) + Lower(q).log()).softmax(-1).matmul(v),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.size(-1))).softmax(-1).tril().matmul(v),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.size(-1))).tril().softmax(-1).matmul(v),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.size(-1)) + Lower(q)).softmax(-1).matmul(v),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.size(-1)) + Lower(q).log()).softmax(-2).matmul(v),
        (q, k, v) => Mix(q, k.transpose(-2, -1), v, Lower(q)),
        (q, k, v) => (q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.size(-1)) + Lower(q).log()).matmul(v),
    ];

    /// <summary>What ends in an exception, in libtorch or before, and must not end the process.</summary>
    private static IEnumerable<Func<Tensor, Tensor>> Broken() =>
    [
        x => x.matmul(ones(x.size(-1) + 1, 2)), x => x.matmul(x.to(int64)), x => x.to(int32).matmul(ones(7, 7, int32)),
        x => ones(2, 3).matmul(ones(2, 3)), x => x.matmul(null!), x => x.view(-3, 5), x => x + ones(11, 13),
        x => x.to(int64).softmax(-1),
        x =>
        {
            x.Dispose();
            return x;
        },
        x =>
        {
            x.Dispose();
            return x.matmul(x);
        },
        x => x.to(META), x => x.to_sparse(), x => x.to(complex64), x => empty(0), x => tensor(1), x => x.to(int32),
        x => throw new InvalidOperationException("Oh."), x => ((Tensor?)null)!.t(), x => x.to(new Device("cuda:99")),
        x => Task.Run(() => x.mm(ones(1, 1))).Result, x => full_like(x, double.NaN),
    ];
}
