using FsCheck.Xunit;
using LmNotebooks.Experiments;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

public sealed class JudgementTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("flops", 4000 / 3000.0, Verdict.Refuted)]
    [InlineData("path", 800 / 3000.0, Verdict.Supported)]
    [InlineData("replace", 1, Verdict.Equal)]
    [InlineData("stick", 300 / 200.0, Verdict.Refuted)]
    [InlineData("flow", 200 / 300.0, Verdict.Supported)]
    // 0.14 at 3000 FLOPs of the stage, all of which follow each other
    [InlineData("last", 3000 / 3000.0, Verdict.Equal)]
    public void A_cost_is_that_of_the_first_lasting_arrival_at_the_target(string name, double ratio, Verdict verdict)
    {
        var at = CostStudy.Hypotheses.ToList().FindIndex(h => h.Name == name);
        var result = CostStudy.Definition.Judge(CostStudy.Records())[at];
        Assert.Equal(ratio, Math.Exp(result.Difference.Value), 1e-9);
        Assert.Equal(verdict, result.Verdict);
    }

    [Fact]
    public void The_ratio_of_a_seed_says_when_it_is_a_bound_or_not_known_at_all()
    {
        var records = CostStudy.Records((arm, seed) => arm == "replaced"
            || (arm, seed) is not (("staged", 12) or ("joint", 13) or (_, 14)));
        // 0.34 - 0.2 = 0.14
        var toAlwaysTheSame = CostStudy.Hypotheses[0] with { Target =
            new("replaced", Spending.Flops) { Margin = -0.1 } };
        var ratios = CostStudy.Definition.CostRatios(toAlwaysTheSame, records);
        Assert.Equal([new(4 / 3.0), new(7 / 3.0, Censoring.Above), new(4 / 5.0, Censoring.Below), null,
            .. Enumerable.Repeat(new Censored(4 / 3.0), 4)], ratios,
            (a, b) => a?.Censoring == b?.Censoring && Math.Abs((a?.Value ?? 0) - (b?.Value ?? 0)) < 1e-9);
        Assert.Contains("compares no costs", Assert.Throws<ArgumentException>(() =>
            CostStudy.Definition.CostRatios(Study.Definition.Hypotheses[0], records)).Message);
    }

    [Fact]
    public void More_accuracy_is_better_and_a_point_is_the_margin()
    {
        var records = Study.Records().Select(r =>
            With(r, "accuracy", 0.5 + Study.Excess(r.Header.Arm, r.Header.Seed) / 10));
        var results = Study.Definition.WithHypotheses(
            new("more", "Counting names more.", "trigram", "unshared") { Measure = "accuracy", IsAccuracy = true },
            new("less", "Sharing names more.", "ALBERT, all", "trigram") { Measure = "accuracy", IsAccuracy = true },
            new("same", "Sharing names more.", "ALBERT, all", "unshared") { Measure = "accuracy", IsAccuracy = true })
                .Judge([.. records]);
        Assert.Equal([Verdict.Supported, Verdict.Refuted, Verdict.Equal], results.Select(r => r.Verdict));
        Assert.All(results, r => Assert.Equal(Claim.Accuracy, r.Contrast.Claim));
    }

    /// <summary>Of the eight excesses .1, .101 .. .107 three lie below .1025, of .08 .. .087 all. With one hypothesis
    /// each share has its interval at 97.5 %.</summary>
    [Fact]
    public void Of_outcomes_of_two_kinds_the_shares_of_runs_are_compared()
    {
        var share = Study.Definition.Hypotheses[1] with { Below = 0.1025 };
        var result = Assert.Single(Study.Definition.WithHypotheses(share).Judge(Study.Records()));
        Assert.Equal(Interval.OfShares((3, 8), (8, 8)), result.Difference);
        Assert.Equal((Claim.Share, Verdict.Undecided, 5), (result.Contrast.Claim, result.Verdict, result.SameSign));
    }

    /// <summary>The losses are 2 above the excesses of Study, and the unigram model's is 4. The best arm, unshared, has
    /// 2.0835 in the mean: it gains 1.9165, of which 2 % are the margin.</summary>
    [Fact]
    public void Where_nobody_knows_the_truth_the_margin_is_of_what_the_best_arm_gains_on_the_unigram_model()
    {
        var records = Study.Records().Select(r => r with { Result = r.Result! with { Measures =
            new Dictionary<string, double> { [Experiment.UnigramLoss] = 4,
                [Experiment.Loss] = 2 + r.Result.Measures[Experiment.Excess] } } });
        var results = Study.Definition.WithHypotheses([.. Study.Definition.Hypotheses.Select(h =>
            h with { Measure = Experiment.Loss })]).Judge([.. records]);
        Assert.All(results, r => Assert.Equal(0.03833, r.Contrast.Claim.Margin, 1e-9));
        Assert.Equal([-0.5, 0.02], results.Select(r => Math.Round(r.Difference.Value, 9)));
        Assert.Equal([Verdict.Supported, Verdict.Equal], results.Select(r => r.Verdict));
    }

    /// <summary>(0.1 - 0.6) - (0.08 - 0.6) = 0.02, and the margin 0.04.</summary>
    [Fact]
    public void A_difference_of_differences_is_taken_seed_by_seed()
    {
        var slope = Study.Definition.Hypotheses[1] with { Less = ("trigram", "trigram") };
        var steep = new Hypothesis("steep", "Falls.", "ALBERT, all", "ALBERT, all") { Less = ("trigram", "unshared") };
        var results = Study.Definition.WithHypotheses(slope, steep).Judge(Study.Records());
        Assert.Equal([0.02, -0.52], results.Select(r => Math.Round(r.Difference.Value, 9)));
        Assert.Equal([Verdict.Equal, Verdict.Supported], results.Select(r => r.Verdict));
        Assert.Equal(("(ALBERT, all − trigram)", "(unshared − trigram)", 0.04),
            (results[0].Contrast.A, results[0].Contrast.B, results[0].Contrast.Claim.Margin));
    }

    /// <summary>A line through three points at equal distances rises from end to end by as much as the last is above
    /// the first.</summary>
    [Property]
    public bool The_middle_width_has_no_weight_in_the_slope(short narrow, short middle, short wide) =>
        Math.Abs(2 * MathNet.Numerics.Fit.Line([0, 1, 2], [narrow, middle, wide]).B - (wide - narrow)) < 1e-6;

    [Fact]
    public void What_is_missing_is_said_in_one_sentence()
    {
        string Refused(IReadOnlyList<RunRecord> some) =>
            Assert.Throws<InvalidOperationException>(() => Study.Definition.Judge(some)).Message;
        var records = Study.Records();
        Assert.Equal("sharing has no finished run of ALBERT, all with seed 12, 18, nor of unshared with seed 18: make "
            + "them with 'lm experiment sharing'.",
            Refused([.. records.Where(r => (r.Header.Arm,
                r.Header.Seed) is not (("ALBERT, all", 12) or (not "trigram", 18)))]));
        Assert.Equal("The run of ALBERT, all with seed 11 has no measure 'excess': it has unigram gap, "
            + "parameters, optimizer bytes, tokens, labels, flops, critical path flops, seconds, loss.",
            Refused([.. records.Select(r => r with { Result =
                r.Result! with { Measures = new Dictionary<string, double> { [Experiment.UnigramGap] = 2 } } })]));
        var whole = CostStudy.Definition.WithHypotheses(CostStudy.Hypotheses[2] with { Arm = "joint",
            Baseline = "staged" });
        Assert.Contains("joint has one stage", Assert.Throws<InvalidOperationException>(() =>
            whole.Judge(CostStudy.Records())).Message);
    }

    [Fact]
    public void A_hypothesis_that_compares_two_things_or_what_is_not_there_is_refused()
    {
        string Refused(Hypothesis bad) => Assert.Throws<ArgumentException>(() =>
            CostStudy.Definition.WithHypotheses(bad).Checked()).Message;
        var good = CostStudy.Hypotheses[0];
        Assert.Contains("compares a cost, a share of runs or a measure in 'flops', more than one of them",
            Refused(good with { IsAccuracy = true }));
        Assert.Contains("compares a cost, a share of runs or a measure in 'flops', more than one of them",
            Refused(good with { Less = ("joint", "joint") }));
        Assert.Contains("more than one of them", Refused(good with { Below = 0.5 }));
        Assert.Contains("'nobody'", Refused(good with { Target = new("nobody", Spending.Flops) }));
        Assert.Contains("'nobody'", Refused(good with { Target = null, Less = ("joint", "nobody") }));
        Assert.Equal(CostStudy.Hypotheses, CostStudy.Definition.Checked().Hypotheses);
    }

    [Fact]
    public void Keys_name_costs_their_ratio_and_how_many_are_bounds()
    {
        object Value(IReadOnlyList<RunRecord> records, string key)
        {
            var store = folder.File(Guid.NewGuid().ToString());
            foreach (var record in records)
            {
                using var file = RunFile.Create(Path.Combine(store, "replacing", "laptop",
                    $"{record.Header.Number:D3}.jsonl"), record.Header);
                foreach (var e in record.Events) file.Append(e);
                file.Append(record.Result!);
            }
            return new Quantities(new RunStore(store), CostStudy.Definition).Value("replacing/" + key);
        }
        var all = CostStudy.Records();
        foreach (var (key, expected) in ((string, double)[])[("arm cost", 4000), ("baseline cost", 3000),
            ("ratio", 4 / 3.0), ("ratio low", 4 / 3.0), ("ratio high", 4 / 3.0)])
            Assert.Equal(expected, (double)Value(all, $"flops/{key}"), 1e-6);
        Assert.Equal((8, 0, double.PositiveInfinity),
            (Value(all, "stick/censored arm runs"), Value(all, "stick/censored baseline runs"),
            Value(all, "stick/ratio-high")));
        Assert.Equal((0, 8, 0.0, 8), (Value(all, "flow/censored arm runs"), Value(all, "flow/censored baseline runs"),
            Value(all, "flow/ratio-low"), Value(all, "flow/supported seeds")));
        var stuck = CostStudy.Records((arm, seed) => (arm, seed) != ("joint", 12));
        Assert.Equal(("unknown", "undecided"), (Value(stuck, "stick/ratio"), Value(stuck, "stick/verdict")));
    }

    [Fact]
    public void Records_do_not_depend_on_how_they_are_judged() =>
        Assert.DoesNotContain(CostStudy.Definition.Files(CostStudy.Definition.Arms[0]),
        path => path.EndsWith("Judgement.cs") || path.EndsWith("Quantities.cs") || path.EndsWith("Claim.cs")
            || path.EndsWith("Contrast.cs") || path.EndsWith("FirstCrossing.cs"));

    private static RunRecord With(RunRecord run, string measure, double value) =>
        run with { Result = run.Result! with { Measures = new Dictionary<string,
            double>(run.Result.Measures) { [measure] = value } } };
}

file static class Experiments
{
    public static Experiment WithHypotheses(this Experiment experiment, params Hypothesis[] hypotheses) =>
        experiment with { Hypotheses = hypotheses };
}
