using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Practice;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> Pretraining()
    {
        yield return Row.Of(Exercises.CorruptedShare, V => 0.15 * (0.8 + 0.1 * (1 - 1.0 / V)),
            [V => 0.15 * 0.8 + 0.15 * 0.1 * (V - 1) / V, V => 0.135 - 0.015 / V, V =>
                0.12 + 0.015 * (1 - 1 / (double)V),
                V => 0.15 - 0.15 * (0.1 + 0.1 / V), V => 0.15 * (1 - 0.1 - Math.Pow(V, -1) / 10)],
            [V => 0.12, V => 0.135, V => 0.15, V => 0.15 * (0.8 + 0.1 * (1 - 1 / V)), V => 0.8 + 0.1 * (V - 1.0) / V,
                V => 0.9, V => 1 - 0.135 + 0.015 / V, V => 0.15 * (0.8 + 0.1 / V), V => 0.135 + 0.015 / V,
                V => 0.15 * 0.1 * (1 - 1.0 / V)],
            [null, V => double.NaN], "0.15 *", "0.135", "0.12", "1 / V", "V - 1", "1 - ");
        yield return Row.Of(Exercises.MultiplierByHand,
            (n1, a1, n2, a2, a) => n1 * Math.Pow(n2 / n1, (a - a1) / (a2 - a1)) / 32,
            [(n1, a1, n2, a2, a) => LabelMultiplier.Of([((int)n1, a1), ((int)n2, a2)], a).Value,
                (n1, a1, n2, a2, a) => Math.Exp(Math.Log(n1) + (Math.Log(n2) - Math.Log(n1))
                    * (a - a1) / (a2 - a1)) / 32,
                (n1, a1, n2, a2, a) => Math.Pow(2, Math.Log2(n2) - Math.Log2(n2 / n1) * (a2 - a) / (a2 - a1) - 5),
                (n1, a1, n2, a2, a) => Math.Pow(Math.Pow(n1, a2 - a) * Math.Pow(n2, a - a1), 1 / (a2 - a1)) / 32,
                (n1, a1, n2, a2, a) =>
                {
                    var share = (a - a1) / (a2 - a1);
                    return Math.Pow(10, (1 - share) * Math.Log10(n1) + share * Math.Log10(n2)) / 32;
                }],
            [(n1, a1, n2, a2, a) => (n1 + (n2 - n1) * (a - a1) / (a2 - a1)) / 32,
                (n1, a1, n2, a2, a) => n1 * Math.Pow(n2 / n1, (a - a1) / (a2 - a1)),
                (n1, a1, n2, a2, a) => 32 / n1 / Math.Pow(n2 / n1, (a - a1) / (a2 - a1)),
                (n1, a1, n2, a2, a) => n2 * Math.Pow(n1 / n2, (a - a1) / (a2 - a1)) / 32,
                (n1, a1, n2, a2, a) => n2 / 32, (n1, a1, n2, a2, a) => n1 / 32,
                (n1, a1, n2, a2, a) => (Math.Log(n1) + Math.Log(n2 / n1) * (a - a1) / (a2 - a1)) / 32,
                (n1, a1, n2, a2, a) => a / a1, (n1, a1, n2, a2, a) => n1 * Math.Pow(n2 / n1, a - a1) / 32,
                (n1, a1, n2, a2, a) => (Math.Log(n1) + Math.Log(n2 / n1) * (a - a1) / (a2 - a1)) / Math.Log(32)],
            [null, (n1, a1, n2, a2, a) => double.NaN], "Math.", "a - a1", "n2 / n1", "/ 32");
        yield return Row.Of(Exercises.NegationFeatures, (text, V, not) => Tally(2 * V, text.Select((word, t) =>
                t > 0 && text[t - 1] == not ? V + word : word)),
            [(text, V, not) => Tally(2 * V, text.Zip(text.Prepend(-1), (word, before) => before == not ? V + word
                : word)),
                (text, V, not) =>
                {
                    var (counts, negated) = (new int[2 * V], false);
                    foreach (var word in text)
                    {
                        counts[(negated ? V : 0) + word]++;
                        negated = word == not;
                    }
                    return counts;
                },
                (text, V, not) => [.. Enumerable.Range(0, 2 * V).Select(f =>
                    text.Where((word, t) => word == f % V && (t > 0 && text[t - 1] == not) == (f >= V)).Count())],
                (text, V, not) =>
                {
                    var second = Tally(V, text.Zip(text.Skip(1)).Where(p => p.First == not).Select(p => p.Second));
                    return [.. Tally(V, text).Zip(second, (all, after) => all - after), .. second];
                },
                (text, V, not) =>
                {
                    var counts = new int[2 * V];
                    for (var t = text.Length - 1; t > 0; t--) counts[text[t] + (text[t - 1] == not ? V : 0)]++;
                    if (text.Length > 0) counts[text[0]]++;
                    return counts;
                }],
            [(text, V, not) => Tally(2 * V, text), (text, V, not) => Tally(V, text),
                (text, V, not) => [.. Tally(V, text), .. Tally(V, text.Where((_, t) => t > 0 && text[t - 1] == not))],
                (text, V, not) => Tally(2 * V, text.Select((word, t) => text[..t].Contains(not) ? V + word : word)),
                (text, V, not) => Tally(2 * V, text.Select((word, t) =>
                    text.ElementAtOrDefault(t + 1) == not && t + 1 < text.Length ? V + word : word)),
                (text, V, not) => [.. Tally(2 * V, text.Select((word, t) =>
                    t > 0 && text[t - 1] == not ? V + word : word)).Select(n => n > 0 ? 1 : 0)],
                (text, V, not) => Tally(2 * V, text.Select((word, t) => t > 0 && text[t - 1] == not ? word : V + word)),
                (text, V, not) => Tally(2 * V, text.Select((word, t) => (word, t)).Where(p => p.word != not)
                    .Select(p => p.t > 0 && text[p.t - 1] == not ? V + p.word : p.word)),
                (text, V, not) => [.. Enumerable.Range(0, V).Select(word => text.Select((w, t) => w != word ? 0
                    : t > 0 && text[t - 1] == not ? -1 : 1).Sum())],
                (text, V, not) => Tally(2 * V, text.Select((word, t) => text[t - 1] == not ? V + word : word))],
            [null, (text, V, not) => null!, (text, V, not) => throw new NotImplementedException()], "V +", "+ V",
                "t - 1");
        yield return Row.Of(Exercises.ReadoutFit, (said, truth) => 1 - Squares(said, truth) / Squares(truth),
            [(said, truth) => GoodnessOfFit.CoefficientOfDetermination(said, truth),
                (said, truth) => new ProbabilityFit(truth, said).R2,
                (said, truth) => (Squares(truth) - Squares(said, truth)) / Squares(truth),
                (said, truth) => 1 - Distance.MSE(said, truth) / truth.PopulationVariance(),
                (said, truth) => 1 - Distance.SSD(said, truth) / (truth.Variance() * (truth.Length - 1))],
            [(said, truth) => Correlation.Pearson(said, truth), GoodnessOfFit.RSquared,
                (said, truth) => Squares(said, truth) / Squares(truth),
                (said, truth) => 1 - Squares(said, truth) / truth.Sum(x => x * x),
                (said, truth) => 1 - Squares(said, truth) / Squares(said),
                (said, truth) => said.Sum(x => Math.Pow(x - truth.Average(), 2)) / Squares(truth),
                (said, truth) => Math.Max(0, 1 - Squares(said, truth) / Squares(truth)),
                (said, truth) => Distance.MSE(said, truth), (said, truth) => Squares(said) / Squares(truth),
                (said, truth) => 1 - Distance.MSE(said, truth) / truth.Variance()],
            [null, (said, truth) => double.NaN], "Sum(", "Average", "1 -");
        yield return Row.Of(Exercises.ProbeFirst, new Spared(),
            [new Spared { InLayers = true }, new Spared { Backwards = true }, new Spared { Way = 0.105 },
                new Spared { Config = c => c with { ReadsWhole = true } }, new Spared { Named = true }],
            [new PretrainThenFineTune { PretrainingShare = 0.5 },
                new PretrainThenFineTune { PretrainingShare = 0.5, Probe = true },
                    new Spared { Last = uses => uses[^1..] },
                new Spared { Last = uses => uses[..^1] }, new Spared { Head = model => model.Head },
                new Spared { Text = plan => null }, new Spared { Way = 0.05 }, new Spared { Way = 0.5 }, new Joint(),
                new Spared { Backbone = model => model.Body }],
            [null!, new Nothing()], "[plan.Goal]", "Uses(model)[^1]", "model.Parts");
        var flaws = (A: (Flaw?)Flaw.TooFewSeeds, B: (Flaw?)Flaw.UnequalTuning, C: (Flaw?)Flaw.Leak,
            D: (Flaw?)Flaw.ChosenAfterwards);
        yield return Row.Of(Exercises.FourReports, flaws,
            [flaws with { A = (Flaw)(int)Flaw.TooFewSeeds }, flaws with { B = Enum.Parse<Flaw>("unequaltuning", true) },
                (Flaw.TooFewSeeds, Flaw.UnequalTuning, Flaw.Leak, Flaw.ChosenAfterwards)],
            [flaws with { A = Flaw.UnequalText }, flaws with { A = Flaw.MissingBaseline },
                flaws with { B = Flaw.UnequalText }, flaws with { B = Flaw.ChosenAfterwards },
                flaws with { C = Flaw.UnequalText }, flaws with { D = Flaw.Leak },
                    flaws with { D = Flaw.UnequalCompute },
                flaws with { C = flaws.D, D = flaws.C }, flaws with { C = null },
                (Flaw.Leak, Flaw.Leak, Flaw.Leak, Flaw.Leak), flaws with { D = (Flaw)99 }],
            [(null, null, null, null)], "TooFewSeeds", "UnequalTuning", "Leak", "ChosenAfterwards");
    }

    private static int[] Tally(int size, IEnumerable<int> features)
    {
        var counts = new int[size];
        foreach (var feature in features) counts[feature]++;
        return counts;
    }

    private static double Squares(double[] a, double[] b) => a.Select((x, i) => Math.Pow(x - b[i], 2)).Sum();

    private static double Squares(double[] x) => x.Sum(one => Math.Pow(one - x.Average(), 2));

    /// <summary>Pre-training, the head of the goal alone, and all, in several ways to write it, and with several
    /// faults.</summary>
    private sealed record Spared : IStrategy
    {
        public string Name => "spared";
        public bool InLayers { get; init; }
        public bool Backwards { get; init; }
        public bool Named { get; init; }
        public double Way { get; init; } = 0.1;
        public Func<ModelConfig, ModelConfig> Config { get; init; } = c => c;
        public Func<Plan, Dataset?> Text { get; init; } = plan => plan.Text;
        public Func<Model, Part>? Backbone { get; init; }
        public Func<Model, Part>? Head { get; init; }
        public Func<Part[], Part[]> Last { get; init; } = uses => uses;

        public Model Build(ModelConfig config, Generator generator) => Config(config).Build(generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan)
        {
            Part[] uses = [.. plan.Goal.Objective.Uses(model)], last = Last(uses), text = [.. Backbone is null
                ? model.Parts : [Backbone(model)]];
            if (InLayers) text = [model.Embedding, .. model.Body.Parts, model.Head];
            if (Backwards) last = [.. last.Reverse()];
            var head = (long)(Way * plan.Tokens);
            var goal = Named ? plan.Goal : new Aim(plan.Goal.Objective);
            return
            [
                new("text", [new Aim(new CausalLm(), Text(plan))], text, plan.Tokens / 2),
                new("head", [goal], [Head?.Invoke(model) ?? uses[^1]], head) { Schedule = plan.Schedule },
                new("all", [goal], last, plan.Tokens - plan.Tokens / 2 - head) { BatchRows = 4 },
            ];
        }
    }
}
