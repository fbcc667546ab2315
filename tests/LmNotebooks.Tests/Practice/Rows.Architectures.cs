using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> Architectures()
    {
        yield return Row.Of(Exercises.GruWeights, C => 6.0 * C * C,
            [C => 3 * (C * C + C * C), C => 6 * Math.Pow(C, 2), C => 2 * C * (3.0 * C)],
            [C => 2.0 * C * C, C => 8.0 * C * C, C => 3.0 * C * C, C => 4.0 * C * C, C => 6.0 * C, C => 24_576,
                C => 6.0 * C * C + 3 * C],
            [null, C => double.NaN], "6", "6 C²", "24576");
        yield return Row.Of(Exercises.GatedState, (z, c, b) => (1 - z) * c + z * b,
            [(z, c, b) => c + z * (b - c), (z, c, b) => z * b - z * c + c, (z, c, b) => double.Lerp(c, b, z)],
            [(z, c, b) => z * c + (1 - z) * b, (z, c, b) => c + z * b, (z, c, b) => z * b, (z, c, b) => (b + c) / 2,
                (z, c, b) => z > 0.5 ? b : c, (z, c, b) => c, (z, c, b) => (1 - z) * c + b],
            [null, (z, c, b) => double.NaN], "(1 - z)", "1 - z");
        yield return Row.Of(Exercises.LstmStep, (i, f, g, o, c) => Cell(S(i), S(f), Math.Tanh(g), S(o), c),
            [(i, f, g, o, c) => (S(o) * Math.Tanh(S(f) * c + S(i) * Math.Tanh(g)), S(f) * c + S(i) * Math.Tanh(g)),
                (i, f, g, o, c) => Cell(Half(i), Half(f), 2 * S(2 * g) - 1, Half(o), c),
                (i, f, g, o, c) => (Math.Tanh(c / (1 + Math.Exp(-f)) + Math.Tanh(g) / (1 + Math.Exp(-i)))
                    / (1 + Math.Exp(-o)), c / (1 + Math.Exp(-f)) + Math.Tanh(g) / (1 + Math.Exp(-i)))],
            [(i, f, g, o, c) => Cell(S(f), S(i), Math.Tanh(g), S(o), c),
                (i, f, g, o, c) => Cell(i, f, Math.Tanh(g), o, c),
                (i, f, g, o, c) => Cell(S(i), S(f), S(g), S(o), c),
                (i, f, g, o, c) => Cell(S(i), 1 - S(i), Math.Tanh(g), S(o), c),
                (i, f, g, o, c) => (Cell(S(i), S(f), Math.Tanh(g), S(o), c).Item2,
                    Cell(S(i), S(f), Math.Tanh(g), S(o), c).Item1),
                (i, f, g, o, c) => (S(o) * Math.Tanh(c), S(f) * c + S(i) * Math.Tanh(g)),
                (i, f, g, o, c) => Cell(S(i), S(f), g, S(o), c), (i, f, g, o, c) => (0, c)],
            [null, (i, f, g, o, c) => (double.NaN, double.NaN)], "Tanh(g)", "f * c");
        yield return Row.Of(Exercises.ScalingSlope, (n1, e1, n2, e2) => Math.Log(e2 / e1) / Math.Log(n2 / n1),
            [(n1, e1, n2, e2) => (Math.Log(e2) - Math.Log(e1)) / (Math.Log(n2) - Math.Log(n1)),
                (n1, e1, n2, e2) => Math.Log10(e1 / e2) / Math.Log10(n1 / n2),
                (n1, e1, n2, e2) => Math.Log2(e2 / e1) / Math.Log2(n2 / n1), (n1, e1, n2, e2) =>
                    Math.Log(e2 / e1, n2 / n1)],
            [(n1, e1, n2, e2) => (e2 - e1) / (n2 - n1), (n1, e1, n2, e2) => Math.Log(e1 / e2) / Math.Log(n2 / n1),
                (n1, e1, n2, e2) => Math.Log(n2 / n1) / Math.Log(e2 / e1), (n1, e1, n2, e2) => -1,
                (n1, e1, n2, e2) => (e2 - e1) / Math.Log(n2 / n1), (n1, e1, n2, e2) => e2 / e1 / (n2 / n1),
                (n1, e1, n2, e2) => Math.Log(e2) / Math.Log(n2) - Math.Log(e1) / Math.Log(n1)],
            [null, (n1, e1, n2, e2) => double.NaN], "log(e2", "Math.Log");
        yield return Found(Exercises.WhichIsCloser, Flaw.UnequalTuning);
        var (longer, wide) = (Ran(train: 40_000, flops: 2e12), Ran(width: 92, flops: 2.05e12));
        yield return Row.Of(Exercises.TextOrWidth, (longer, wide),
            [(longer, Ran(width: 88, flops: 1.9e12)), (longer, Ran(width: 96, flops: 2.4e12)),
                (Ran(train: 34_800, width: 32, seed: 3, flops: 1e9),
                    Ran(train: 17_400, width: 46, seed: 3, flops: 1.1e9))],
            [(wide, longer), (longer, Ran(width: 128, flops: 3.7e12)), (longer, Ran(width: 68, flops: 1.1e12)),
                (longer, Ran(width: 92, seed: 2, flops: 2e12)), (Ran(flops: 1e12), Ran(width: 68, flops: 1.1e12)),
                (longer, Ran(width: 64, flops: 2e12)), (longer, Ran(width: 92, flops: 2e12, finished: false)),
                (longer, Ran("other", width: 92, flops: 2e12))],
            [(null, null), (longer, null), (null, wide)], "90", "92", "square root");
    }

    private static double S(double x) => 1 / (1 + Math.Exp(-x));

    private static double Half(double x) => 0.5 * (1 + Math.Tanh(x / 2));

    private static (double, double) Cell(double i, double f, double g, double o, double before) =>
        (o * Math.Tanh(f * before + i * g), f * before + i * g);
}
