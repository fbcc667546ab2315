using LmNotebooks.Practice;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> BuildingATransformer()
    {
        yield return Row.Of(Exercises.GradientOfLogit, -0.8, [0.2 - 1, -4 / 5.0, -0.7999, -(1 - 0.2)],
            [0.2, 0.8, -5, -Math.Log(0.2), 0.16, 1.2, -0.2], [double.NaN], "four fifths");
        yield return Row.Of(Exercises.Softmax, z => Parts(z.Select(x => Math.Exp(x - z.Max()))),
            [z => [.. z.Select(x => 1 / z.Sum(y => Math.Exp(y - x)))],
                z => [.. z.Select(x => Math.Exp(x - z.Max() - Math.Log(z.Sum(y => Math.Exp(y - z.Max())))))],
                z => OfTorch(z)],
            [z => Parts(z.Select(Math.Exp)), z => Parts(z), z => [.. z.Select(x => Math.Exp(x - z.Max()))],
                z => [.. z.Select(x => 1.0 / z.Length)], z => [.. z.Select(x => 1 / (1 + Math.Exp(-x)))],
                z => Parts(z.Select(x => Math.Pow(2, x - z.Max()))), z => Parts(z.Select(x => Math.Exp(z.Max() - x)))],
            [null, z => null!, z => throw new NotImplementedException()], "Max()", "z.Max", "the largest of them");
        yield return Row.Of(Exercises.CrossEntropy, (logits, words) => nn.functional.cross_entropy(logits, words),
            [(logits, words) => -logits.log_softmax(-1).gather(1, words.unsqueeze(1)).mean(),
                (logits, words) => nn.functional.nll_loss(logits.log_softmax(1), words),
                (logits, words) => (logits.logsumexp(1) - logits.gather(1, words.unsqueeze(1)).squeeze(1)).mean(),
                (logits, words) => -(nn.functional.one_hot(words, logits.size(1)) * logits.softmax(1).log()).sum()
                    / words.size(0)],
            [(logits, words) => logits.log_softmax(-1).gather(1, words.unsqueeze(1)).mean(),
                (logits, words) => -logits.log_softmax(-1).gather(1, words.unsqueeze(1)).sum(),
                (logits, words) => -logits.gather(1, words.unsqueeze(1)).mean(),
                (logits, words) => -logits.log_softmax(0).gather(1, words.unsqueeze(1)).mean(),
                (logits, words) => -logits.softmax(-1).gather(1, words.unsqueeze(1)).mean(),
                (logits, words) => -logits.log_softmax(-1).gather(1, words.unsqueeze(1)).squeeze(),
                (logits, words) => tensor(1.0f)],
            [null, (logits, words) => null!], "log_softmax", "cross_entropy");
        yield return Row.Of(Exercises.CausalMask, T => Filled(T, (i, j) => i >= j),
            [T => Filled(T, (i, j) => !(j > i)), T => Filled(T, (i, j) => j < i + 1), T =>
                {
                    var mask = new bool[T, T];
                    for (var i = 0; i < T; i++)
                        for (var j = 0; j <= i; j++) mask[i, j] = true;
                    return mask;
                }],
            [T => Filled(T, (i, j) => j > i), T => Filled(T, (i, j) => j >= i), T => Filled(T, (i, j) => j < i),
                T => Filled(T, (i, j) => true), T => Filled(T, (i, j) => i == j), T => new bool[T, T],
                T => Filled(T + 1, (i, j) => i >= j)],
            [null, T => null!], "j <= i", "i >= j");
        yield return Row.Of(Exercises.AttentionHead, (q, k, v) => nn.functional.scaled_dot_product_attention(
                q.unsqueeze(0), k.unsqueeze(0), v.unsqueeze(0), is_casual: true).squeeze(0),
            [(q, k, v) => (q.matmul(k.t()) / Math.Sqrt(q.size(1))).masked_fill(ones(q.size(0), q.size(0)).triu(1)
                    .to(@bool), double.NegativeInfinity).softmax(-1).matmul(v),
                (q, k, v) => ((q / Math.Sqrt(q.size(1))).mm(k.transpose(0, 1)) + full(q.size(0), q.size(0), -1e9f)
                    .triu(1)).softmax(1).mm(v),
                (q, k, v) =>
                {
                    var rows = new List<Tensor>();
                    for (long t = 0; t < q.size(0); t++)
                        rows.Add((k.narrow(0, 0, t + 1).mv(q[t]) / Math.Sqrt(q.size(1))).softmax(0)
                            .matmul(v.narrow(0, 0, t + 1)));
                    return stack(rows);
                }],
            [(q, k, v) => (q.matmul(k.t()) / Math.Sqrt(q.size(1))).softmax(-1).matmul(v),
                (q, k, v) => q.matmul(k.t()).masked_fill(ones(q.size(0), q.size(0)).triu(1).to(@bool),
                    double.NegativeInfinity).softmax(-1).matmul(v),
                (q, k, v) => (q.matmul(k.t()) / Math.Sqrt(q.size(1))).softmax(-1).tril().matmul(v),
                (q, k, v) => (q.matmul(k.t()) / Math.Sqrt(q.size(1))).tril().softmax(-1).matmul(v),
                (q, k, v) => (k.matmul(q.t()) / Math.Sqrt(q.size(1))).masked_fill(ones(q.size(0), q.size(0)).triu(1)
                    .to(@bool), double.NegativeInfinity).softmax(-1).matmul(v),
                (q, k, v) => v, (q, k, v) => q.matmul(v),
                (q, k, v) => (q.matmul(k) / Math.Sqrt(q.size(1))).softmax(-1).matmul(v),
                (q, k, v) => nn.functional.scaled_dot_product_attention((q / Math.Sqrt(q.size(0))
                    * Math.Sqrt(q.size(1))).unsqueeze(0), k.unsqueeze(0), v.unsqueeze(0), is_casual: true).squeeze(0)],
            [null, (q, k, v) => null!], "masked_fill", "triu", "scaled_dot_product_attention");
        yield return Found(Exercises.BelowTheFloor, Flaw.Leak);
    }

    private static double[] OfTorch(double[] z) => tensor(z).softmax(0).data<double>().ToArray();

    private static double[] Parts(IEnumerable<double> values)
    {
        var all = values.ToList();
        return [.. all.Select(x => x / all.Sum())];
    }

    private static bool[,] Filled(int T, Func<int, int, bool> sees)
    {
        var mask = new bool[T, T];
        for (var i = 0; i < T; i++)
            for (var j = 0; j < T; j++) mask[i, j] = sees(i, j);
        return mask;
    }
}
