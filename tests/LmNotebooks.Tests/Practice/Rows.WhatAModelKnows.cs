using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> WhatAModelKnows()
    {
        yield return Row.Of(Exercises.ShareOfTopic, (m, t) => m / t,
            [(m, t) => 1 - (t - m) / t, (m, t) => m * Math.Pow(t, -1), (m, t) => 1 / t * m],
            [(m, t) => t / m, (m, t) => t - m, (m, t) => 1 - m / t, (m, t) => m / (m + t), (m, t) => 0.75,
                (m, t) => Math.Min(1, m / t), (m, t) => Math.Clamp(m / t, 0, 1)],
            [null, (m, t) => double.NaN], "model / truth", "0.75");
        yield return Row.Of(Exercises.CalibrationGap, (said, came) => said.Average() - came.Average(c => c ? 1.0 : 0),
            [(said, came) => said.Zip(came, (p, c) => p - (c ? 1 : 0)).Average(),
                (said, came) => (said.Sum() - came.Count(c => c)) / said.Length,
                (said, came) => said.Sum() / said.Length - (double)came.Count(c => c) / came.Length],
            [(said, came) => came.Average(c => c ? 1.0 : 0) - said.Average(),
                (said, came) => Math.Abs(said.Average() - came.Average(c => c ? 1.0 : 0)),
                (said, came) => said.Zip(came, (p, c) => Math.Abs(p - (c ? 1 : 0))).Average(),
                (said, came) => said.Zip(came, (p, c) => Math.Pow(p - (c ? 1 : 0), 2)).Average(),
                (said, came) => said.Average() - came.Count(c => c) / came.Length, (said, came) => 0,
                (said, came) => said.Average() / came.Average(c => c ? 1.0 : 0)],
            [null, (said, came) => double.NaN], "Average", "said - came");
        yield return Row.Of(Exercises.NearestWord, (all, word) => Closest(all, word, Angle),
            [(all, word) => Enumerable.Range(0, all.Length).Where(o => o != word)
                    .OrderByDescending(o => Angle(all[word], all[o])).First(),
                (all, word) =>
                {
                    var (best, at) = (double.NegativeInfinity, -1);
                    for (var o = 0; o < all.Length; o++)
                        if (o != word && Angle(all[word], all[o]) > best) (best, at) = (Angle(all[word], all[o]), o);
                    return at;
                },
                (all, word) => Closest([.. all.Select(v => v.Select(x => x / Math.Sqrt(v.Sum(y => y * y))).ToArray())],
                    word, (a, b) => a.Zip(b, (x, y) => x * y).Sum())],
            [(all, word) => word, (all, word) => Closest(all, word, (a, b) => a.Zip(b, (x, y) => x * y).Sum()),
                (all, word) => Closest(all, word, (a, b) => -a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()),
                (all, word) => Closest(all, word, (a, b) => -Angle(a, b)), (all, word) => 0, (all, word) => -1,
                (all, word) => Closest(all, word, (a, b) => Math.Abs(Angle(a, b)))],
            [null, (all, word) => throw new NotImplementedException()], "Math.Sqrt", "MaxBy");
        yield return Found(Exercises.KnowsAgreement, Flaw.TooFewSeeds);
    }

    private static int Closest(double[][] all, int word, Func<double[], double[], double> like) =>
        Enumerable.Range(0, all.Length).Where(o => o != word).MaxBy(o => like(all[word], all[o]));

    private static double Angle(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum()
        / Math.Sqrt(a.Sum(x => x * x)) / Math.Sqrt(b.Sum(x => x * x));
}
