using LmNotebooks.Models;
using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> KnownLanguage()
    {
        yield return Row.Of(Exercises.Perplexity, Math.Exp(2.30),
            [10, 9.999, Math.Exp(2.3038), 9.97, Math.Pow(2, 2.30 / Math.Log(2))],
            [2.3, Math.Pow(2, 2.3), Math.Pow(10, 2.3), Math.Log(2.3), Math.Exp(-2.3), 9, 11, double.PositiveInfinity],
            [double.NaN], "exp(2.30)", "e^2.3");
        yield return Row.Of(Exercises.ExcessByHand,
            (truth, model) => truth.SelectMany(d => d).Zip(model.SelectMany(d => d), (p, m) => p - m).Average(),
            [(truth, model) => (truth.Sum(d => d.Sum()) - model.Sum(d => d.Sum())) / truth.Sum(d => d.Length),
                (truth, model) => truth.SelectMany(d => d).Average() - model.SelectMany(d => d).Average(),
                (truth, model) =>
                {
                    var (sum, words) = (0.0, 0);
                    for (var d = 0; d < truth.Count; d++)
                        for (var t = 0; t < truth[d].Length; t++, words++) sum += truth[d][t] - model[d][t];
                    return sum / words;
                }],
            [(truth, model) => model.SelectMany(d => d).Average() - truth.SelectMany(d => d).Average(),
                (truth, model) => truth.Zip(model, (p, m) => p.Average() - m.Average()).Average(),
                (truth, model) => (truth.Sum(d => d.Sum()) - model.Sum(d => d.Sum())) / truth.Count,
                (truth, model) => truth.Sum(d => d.Sum()) - model.Sum(d => d.Sum()),
                (truth, model) => -model.SelectMany(d => d).Average(), (truth, model) => 0,
                (truth, model) => -model.SelectMany(d => d).Average() - 2.3],
            [null, (truth, model) => double.NaN], "Zip(", "truth - model");
        yield return Row.Of(Exercises.WittenBell, (c, n, d, b) => (c + d * b) / (n + d),
            [(c, n, d, b) => c / (double)(n + d) + d / (double)(n + d) * b,
                (c, n, d, b) => n / (double)(n + d) * (c / (double)n) + (1 - n / (double)(n + d)) * b,
                (c, n, d, b) => (d * b + c) / (d + n)],
            [(c, n, d, b) => (double)c / n, (c, n, d, b) => (c + b) / (n + 1), (c, n, d, b) => (c + d * b) / n,
                (c, n, d, b) => b, (c, n, d, b) => (c + 1.0) / (n + d), (c, n, d, b) => c / (n + d) + d / (n + d) * b,
                (c, n, d, b) => (c + b) / (n + d)],
            [null, (c, n, d, b) => double.NaN], "(count + different", "total + different");
        yield return Row.Of(Exercises.BigramModel, ByCounting,
            [(documents, words, before) => NextOf(documents, words, before).Select(c => c / NextOf(documents, words,
                    before).Sum()).ToArray(),
                (documents, words, before) => [.. Enumerable.Range(0, words).Select(w =>
                    (1.0 + documents.SelectMany(d => d.Zip(d.Skip(1))).Count(p => p == (before, w)))
                    / (words + documents.SelectMany(d => d.SkipLast(1)).Count(x => x == before)))],
                (documents, words, before) =>
                {
                    var after = documents.SelectMany(d => d.Zip(d[1..])).Where(p => p.First == before)
                        .ToLookup(p => p.Second);
                    var all = after.Sum(g => g.Count()) + words;
                    return [.. Enumerable.Range(0, words).Select(w => (after[w].Count() + 1) / (double)all)];
                }],
            [(documents, words, before) => ByCounting([documents.SelectMany(d => d).ToArray()], words, before),
                (documents, words, before) => NextOf(documents, words, before),
                (documents, words, before) => [.. Enumerable.Repeat(1.0 / words, words)],
                (documents, words, before) => [.. NextOf(documents, words, before).Select(c => (c - 1)
                    / (NextOf(documents, words, before).Sum() - words))],
                (documents, words, before) => ByCounting([.. documents.Select(d => d.Reverse().ToArray())], words,
                    before),
                (documents, words, before) => NgramModel.Fit(2, words, documents).Next([before]),
                (documents, words, before) => [1.0]],
            [null, (documents, words, before) => null!], "+ V", "count + 1");
        yield return Found(Exercises.TwoWords, Flaw.MissingBaseline);
    }

    private static double[] ByCounting(IReadOnlyList<int[]> documents, int words, int before)
    {
        var counts = NextOf(documents, words, before);
        return [.. counts.Select(c => c / counts.Sum())];
    }

    private static double[] NextOf(IReadOnlyList<int[]> documents, int words, int before)
    {
        var counts = new double[words];
        Array.Fill(counts, 1);
        foreach (var d in documents)
            for (var t = 1; t < d.Length; t++)
                if (d[t - 1] == before) counts[d[t]]++;
        return counts;
    }
}
