using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Practice;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using MathNet.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> ManyTasks()
    {
        yield return Row.Of(Exercises.SamplingShare,
            (n, m, T) => Math.Pow(n, 1 / T) / (Math.Pow(n, 1 / T) + Math.Pow(m, 1 / T)),
            [(n, m, T) => 1 / (1 + Math.Pow(m / n, 1 / T)),
                (n, m, T) => 1 / (1 + Math.Exp((Math.Log(m) - Math.Log(n)) / T)),
                (n, m, T) => Math.Exp(Math.Log(n) / T) / (Math.Exp(Math.Log(n) / T) + Math.Exp(Math.Log(m) / T)),
                (n, m, T) =>
                {
                    double[] roots = [.. new[] { n / (n + m), m / (n + m) }.Select(p => Math.Pow(p, 1 / T))];
                    return roots[0] / roots.Sum();
                }],
            [(n, m, T) => n / (n + m), (n, m, T) => n / T / (n / T + m / T), (n, m, T) => 0.5,
                (n, m, T) => Math.Pow(n, T) / (Math.Pow(n, T) + Math.Pow(m, T)),
                (n, m, T) => Math.Sqrt(n) / (Math.Sqrt(n) + Math.Sqrt(m)),
                (n, m, T) => Math.Exp(n / T) / (Math.Exp(n / T) + Math.Exp(m / T)),
                (n, m, T) => Math.Pow(m, 1 / T) / (Math.Pow(n, 1 / T) + Math.Pow(m, 1 / T)),
                (n, m, T) => Math.Pow(n / m, 1 / T), (n, m, T) => Math.Pow(n / (n + m), 1 / T),
                (n, m, T) => n / (n + m) / T + (1 - 1 / T) * 0.5, (n, m, T) => Math.Pow(n, 1 / T),
                (n, m, T) => Math.Log(n) / (Math.Log(n) + Math.Log(m))],
            [null, (n, m, T) => double.NaN], "Math.Pow", "1 / T", "1/T");
        yield return Row.Of(Exercises.SharedHead,
            (n, m, alpha, k) => (n + alpha * m) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k * (n + m)),
            [(n, m, alpha, k) => (n + m * alpha)
                    / Math.Sqrt(Math.Pow(n + m * alpha, 2) + m * m * (1 - alpha * alpha) + k * (n + m)),
                (n, m, alpha, k) => (1 + m / n * alpha)
                    / Math.Sqrt(1 + Math.Pow(m / n, 2) + 2 * m / n * alpha + k / n * (1 + m / n)),
                (n, m, alpha, k) =>
                {
                    // one example after the other, each with a dimension for its noise
                    var sum = new double[2 + (int)(n + m)];
                    for (var i = 0; i < n + m; i++)
                    {
                        sum[0] += i < n ? 1 : alpha;
                        sum[1] += i < n ? 0 : Math.Sqrt(1 - alpha * alpha);
                        sum[2 + i] = Math.Sqrt(k);
                    }
                    return sum[0] / Math.Sqrt(Dot(sum, sum));
                },
                (n, m, alpha, k) => Math.Cos(Math.Atan2(Math.Sqrt(m * m * (1 - alpha * alpha) + k * (n + m)),
                    n + m * alpha))],
            [(n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha),
                (n, m, alpha, k) => n + m * alpha, (n, m, alpha, k) => (n + m * alpha) / (n + m),
                (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + k * (n + m)),
                (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + n * m * alpha + k * (n + m)),
                (n, m, alpha, k) =>
                    (n + m * alpha) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k * (n + m) * (n + m)),
                (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k),
                (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k * n),
                (n, m, alpha, k) => (n + m * alpha) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k * k * (n + m)),
                (n, m, alpha, k) => (n + m * alpha) / (n * n + m * m + 2 * n * m * alpha + k * (n + m)),
                (n, m, alpha, k) => (n * alpha + m) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k * (n + m)),
                (n, m, alpha, k) => (n + m) / Math.Sqrt(n * n + m * m + 2 * n * m * alpha + k * (n + m)),
                (n, m, alpha, k) => Math.Sqrt(n / (n + k))],
            [null, (n, m, alpha, k) => double.NaN], "Math.Sqrt", "alpha * m", "m * alpha", "n * n", "k * (n + m)");
        yield return Row.Of(Exercises.CorrectedCosine, (first, second) => OverPairs(first, second, (a, b) => a != b)
                / Math.Sqrt(OverPairs(first, first, (a, b) => a != b) * OverPairs(second, second, (a, b) => a != b)),
            [CosineOfSums, CosineInLoops,
                (first, second) => GradientCosine.Of(GradientProducts.Of([first, second]), 0, 1, 1).Value,
                (first, second) => OverPairs(first, second, (a, b) => a != b)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => a < b))
                    / Math.Sqrt(OverPairs(second, second, (a, b) => a > b)),
                (first, second) =>
                {
                    var (g, h) = (Matrix<double>.Build.DenseOfRowArrays(first),
                        Matrix<double>.Build.DenseOfRowArrays(second));
                    double Apart(Matrix<double> products) => products.Enumerate().Sum() - products.Trace();
                    return Apart(g * h.Transpose())
                        / Math.Sqrt(Apart(g * g.Transpose()) * Apart(h * h.Transpose()));
                }],
            [(first, second) => OverPairs(first, second, (a, b) => true)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => true) * OverPairs(second, second, (a, b) => true)),
                (first, second) => OverPairs(first, second, (a, b) => a != b)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => true) * OverPairs(second, second, (a, b) => true)),
                (first, second) => OverPairs(first, second, (a, b) => true)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => a != b)
                        * OverPairs(second, second, (a, b) => a != b)),
                (first, second) => OverPairs(first, second, (a, b) => a == b)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => a != b)
                        * OverPairs(second, second, (a, b) => a != b)),
                (first, second) => OverPairs(first, second, (a, b) => a == b)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => a == b)
                        * OverPairs(second, second, (a, b) => a == b)),
                (first, second) => first.Zip(second, (g, h) => Dot(g, h) / Math.Sqrt(Dot(g, g) * Dot(h, h))).Average(),
                (first, second) => OverPairs(first, second, (a, b) => a < b)
                    / Math.Sqrt(OverPairs(first, first, (a, b) => a < b) * OverPairs(second, second, (a, b) => a < b)),
                (first, second) => first.SelectMany((g, a) => second.Where((h, b) => a != b)
                    .Select(h => Dot(g, h) / Math.Sqrt(Dot(g, g) * Dot(h, h)))).Average(),
                (first, second) => OverPairs(first, second, (a, b) => a != b)
                    / OverPairs(first, first, (a, b) => a != b) / OverPairs(second, second, (a, b) => a != b),
                (first, second) => OverPairs(first, second, (a, b) => a != b),
                (first, second) => OverPairs(first, second, (a, b) => a != b)
                    / OverPairs(first, first, (a, b) => a != b),
                (first, second) => Math.Max(-1, Math.Min(1, CosineOfSums(first, second)))],
            [null, (first, second) => double.NaN, (first, second) => throw new NotImplementedException()], "Math.Sqrt",
                "a != b", "Sum(");
        yield return Row.Of(Exercises.Projected, (g, h) => Dot(g, h) >= 0 ? g
                : [.. g.Zip(h, (x, y) => x - Dot(g, h) / Dot(h, h) * y)],
            [(g, h) => [.. g.Select((x, i) => x - Math.Min(0, Dot(g, h)) * h[i] / Dot(h, h))],
                (g, h) =>
                {
                    var length = Math.Sqrt(Dot(h, h));
                    double[] way = [.. h.Select(y => y / length)];
                    return Dot(g, way) is < 0 and var along ? [.. g.Zip(way, (x, y) => x - along * y)] : [.. g];
                },
                (g, h) =>
                {
                    var times = Dot(g, h) / Dot(h, h);
                    for (var i = 0; i < g.Length && times < 0; i++) g[i] -= times * h[i];
                    return g;
                },
                (g, h) =>
                {
                    var (v, w) = (Vector<double>.Build.Dense(g), Vector<double>.Build.Dense(h));
                    return (v * w < 0 ? v - w.OuterProduct(w) * v / (w * w) : v).ToArray();
                }],
            [(g, h) => [.. g.Zip(h, (x, y) => x - Dot(g, h) / Dot(h, h) * y)], (g, h) => g,
                (g, h) => Dot(g, h) > 0 ? [.. g.Zip(h, (x, y) => x - Dot(g, h) / Dot(h, h) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? [.. g.Zip(h, (x, y) => x - Dot(g, h) / Dot(g, g) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? [.. g.Zip(h, (x, y) => x - Dot(g, h) / Math.Sqrt(Dot(h, h)) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? [.. g.Zip(h, (x, y) => x - Dot(g, h) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? [.. h.Select(y => Dot(g, h) / Dot(h, h) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? [.. g.Zip(h, (x, y) => x - 2 * Dot(g, h) / Dot(h, h) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? [.. g.Zip(h, (x, y) => x + Dot(g, h) / Dot(h, h) * y)] : g,
                (g, h) => Dot(g, h) < 0 ? new double[g.Length] : g,
                (g, h) => Dot(g, h) < 0 ? [.. h.Zip(g, (x, y) => x - Dot(g, h) / Dot(g, g) * y)] : h,
                (g, h) => [.. g.Select((x, i) => x * h[i] < 0 ? 0 : x)],
                (g, h) => [.. g.Zip(h, (x, y) => x + y)]],
            [null, (g, h) => null!, (g, h) => throw new NotImplementedException()], "Sum(", "g -", "x -", "/ (h");
        yield return Row.Of(Exercises.OthersFirst, new Turn(),
            [new Turn { Unit = 0.01 }, new Turn { Named = true }, new Turn { Repeated = true },
                new Turn { Way = 0.755 }, new Turn { Config = c => c with { ReadsWhole = true } }],
            [new MultiTask(), new Joint(), new PretrainThenFineTune { PretrainingShare = 0.75 },
                new Turn { Before = (plan, data) => true }, new Turn { Root = rows => 1 },
                new Turn { Root = rows => rows }, new Turn { Before = (plan, data) => data.Question is not null },
                new Turn { Before = (plan, data) => data == plan.Data[0] },
                new Turn { Before = (plan, data) => data == plan.Text }, new Turn { Way = 0.25 },
                new Turn { First = (model, uses) => [.. model.Parts, .. model.Heads] },
                new Turn { First = (model, uses) => [.. model.Readers] },
                new Turn { First = (model, uses) => [.. model.Parts] }, new Turn { Last = uses => uses[^1..] },
                new Turn { Last = uses => uses[..^1] }, new Turn { Apart = true },
                new Turn { AimOf = data => new(new CausalLm(), data) }],
            [null!, new Nothing()], "Math.Sqrt", "Except(", "SelectMany", "plan.Tokens");
        var gains = (A: (Flaw?)Flaw.UnequalText, B: (Flaw?)Flaw.UnequalTuning, C: (Flaw?)Flaw.HiddenInMean,
            D: (Flaw?)Flaw.UnequalCompute);
        yield return Row.Of(Exercises.FourGains, gains,
            [gains with { C = (Flaw)(int)Flaw.HiddenInMean }, gains with { A = Enum.Parse<Flaw>("unequaltext", true) },
                (Flaw.UnequalText, Flaw.UnequalTuning, Flaw.HiddenInMean, Flaw.UnequalCompute)],
            [gains with { A = Flaw.MissingBaseline }, gains with { A = Flaw.UnequalCompute },
                gains with { B = Flaw.ChosenAfterwards }, gains with { B = Flaw.UnequalCompute },
                gains with { C = Flaw.TooFewSeeds }, gains with { C = Flaw.DifferentUnits },
                gains with { D = Flaw.UnequalTuning }, gains with { D = Flaw.HiddenInMean },
                gains with { A = gains.D, D = gains.A }, gains with { C = null },
                (Flaw.UnequalText, Flaw.UnequalText, Flaw.UnequalText, Flaw.UnequalText),
                gains with { B = (Flaw)99 }],
            [(null, null, null, null)], "UnequalText", "UnequalTuning", "HiddenInMean", "UnequalCompute");
    }

    private static double OverPairs(double[][] one, double[][] other, Func<int, int, bool> counts) =>
        (from a in Enumerable.Range(0, one.Length) from b in Enumerable.Range(0, other.Length)
         where counts(a, b) select Dot(one[a], other[b])).Average();

    /// <summary>Products of sums have all pairs in them: those within a batch are taken off.</summary>
    private static double CosineOfSums(double[][] first, double[][] second)
    {
        double[] Sum(double[][] rows) => [.. rows[0].Select((_, i) => rows.Sum(row => row[i]))];
        double Apart(double[][] one, double[][] other) => Dot(Sum(one), Sum(other)) - one.Zip(other, Dot).Sum();
        return Apart(first, second) / Math.Sqrt(Apart(first, first) * Apart(second, second));
    }

    private static double CosineInLoops(double[][] first, double[][] second)
    {
        var (both, one, other) = (0.0, 0.0, 0.0);
        for (var a = 0; a < first.Length; a++)
            for (var b = 0; b < first.Length; b++)
            {
                if (a == b) continue;
                for (var i = 0; i < first[a].Length; i++)
                {
                    both += first[a][i] * second[b][i];
                    one += first[a][i] * first[b][i];
                    other += second[a][i] * second[b][i];
                }
            }
        return both / Math.Sqrt(one) / Math.Sqrt(other);
    }

    /// <summary>The other tasks, then the goal, in several ways to write it, and with several faults.</summary>
    private sealed record Turn : IStrategy
    {
        public string Name => "turn";
        public double Unit { get; init; } = 1;
        public bool Named { get; init; }
        public bool Repeated { get; init; }
        public bool Apart { get; init; }
        public double Way { get; init; } = 0.75;
        public Func<ModelConfig, ModelConfig> Config { get; init; } = c => c;
        public Func<Plan, Dataset, bool> Before { get; init; } = (plan, data) => data != plan.Goal.Data;
        public Func<double, double> Root { get; init; } = Math.Sqrt;
        public Func<Dataset, Aim> AimOf { get; init; } = Aim.For;
        public Func<Model, Part[], Part[]> First { get; init; } = (_, uses) => uses;
        public Func<Part[], Part[]> Last { get; init; } = uses => uses;

        public Model Build(ModelConfig config, Generator generator) => Config(config).Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            List<Aim> aims = [.. from data in plan.Data where Before(plan, data)
                                 select AimOf(data) with { Share = Unit * Root(data.Train.Rows) }];
            Part[] uses = [.. aims.SelectMany(aim => aim.Objective.Uses(model))];
            if (!Repeated) uses = [.. uses.Distinct().Reverse()];
            var (before, goal) = ((long)(Way * plan.Tokens), Named ? Aim.For(plan.Goal.Data!) : plan.Goal);
            Stage[] first = Apart
                ? [.. aims.Select(aim => new Stage("one", [aim], aim.Objective.Uses(model), before / aims.Count))]
                : [new("others", aims, First(model, uses), before) { Schedule = plan.Schedule }];
            return [.. first, new("goal", [goal], Last([.. goal.Objective.Uses(model)]), plan.Tokens - before)];
        }
    }
}
