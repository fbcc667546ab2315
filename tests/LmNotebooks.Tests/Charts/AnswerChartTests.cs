using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Charts;

public class AnswerChartTests
{
    private static readonly string[] Latents = ["topic", "polarity"];

    [Fact]
    public void A_method_is_a_line_over_its_numbers_of_answers()
    {
        var figure = AnswerCurves.Of([.. Runs()]);
        Assert.Equal(["scratch", "bag of words"], figure.Marks.OfType<Line>().Select(l => l.Name));
        Assert.Equal([8, 32, 128], figure.Marks.OfType<Line>().First().X);
        Assert.Equal([0.55, 0.65, 0.75], figure.Marks.OfType<Line>().First().Y.Select(y => Math.Round(y, 6)));
        Assert.Equal("Accuracy against answers to learn from", figure.Title);
        Assert.Equal("After 32 answers bag of words is right most often, accuracy 0.70 (0.69 to 0.71), scratch 0.65 "
            + "(0.64 to 0.66).", figure.Finding);
        Assert.Equal(["1: the truth", "0.5: chance"], figure.Marks.OfType<Reference>().Select(r => r.Name));
        Assert.Contains("\n95 % interval over 4 seeds", figure.YTitle);
        Assert.StartsWith("20 records of sample", figure.Made);
    }

    [Fact]
    public void Methods_with_one_number_of_answers_are_drawn_where_they_are_named()
    {
        Assert.Equal(["scratch", "GPT"], AnswerCurves.Of([.. Runs()], methods: ["GPT", "scratch"])
            .Marks.OfType<Line>().Select(l => l.Name));
        Assert.Equal("There is no test run of 'ELMo': there are those of scratch; GPT; GPT, text x 2; bag of words.",
            Refusal(() => AnswerCurves.Of([.. Runs()], methods: ["ELMo"])));
        Assert.Equal("No method was tried with several numbers of answers: name the methods to draw.",
            Refusal(() => AnswerCurves.Of([.. Runs().Of("GPT")])));
        Assert.Equal("No method was tried with several numbers of answers: name the methods to draw.",
            Refusal(() => AnswerCurves.Of([])));
    }

    [Fact]
    public void Fewer_than_four_seeds_are_points()
    {
        var figure = AnswerCurves.Of([.. Runs().Where(r => r.Header.Seed < 23)]);
        Assert.Contains("2 seeds as points", figure.YTitle);
        Assert.Equal(10, figure.Marks.OfType<Dots>().Sum(d => d.X.Count));
        Assert.DoesNotContain(" to 0.", figure.Caption);
    }

    /// <summary>Scratch has 0.55, 0.65 and 0.75 with 8, 32 and 128 answers, all methods seed by seed the same beyond
    /// that.</summary>
    [Fact]
    public void An_answer_is_worth_as_many_as_scratch_needs_for_the_same_accuracy()
    {
        var figure = LabelMultipliers.Of([.. Runs()], "GPT", "bag of words");
        Assert.Equal(["GPT", "bag of words"], figure.Y.Categories!);
        Assert.Equal(["median > 4", "2"], figure.Y.Notes!);
        Assert.Equal("In answers of scratch, one answer is worth > 4 to GPT (median, 4 of 4 seeds are bounds), 2 to "
            + "bag of words; each seed: GPT > 4, > 4, > 4, > 4, median > 4; bag of words 2, 2, 2, 2, geometric mean "
            + "2.", figure.Caption);
        var points = figure.Marks.OfType<Points>().ToList();
        Assert.Equal(["one seed", "> not reached by scratch", "geometric mean", "median"],
            points.Select(p => p.Name));
        Assert.All(points[0].Values, value => Assert.Equal(2, value, 1e-9));
        Assert.True(figure.X.Log);
    }

    [Fact]
    public void Where_some_seeds_are_bounds_the_lower_median_stands_for_the_mean()
    {
        RunRecord[] runs = [.. Runs().Where(r => r.Method == "scratch"),
            .. Enumerable.Range(21, 4).Select(seed => Run("GPT", seed, 32, seed < 23 ? 0.7 : 0.9))];
        Assert.Equal(["median 2.06"], LabelMultipliers.Of(runs).Y.Notes!);
        Assert.Equal(["median > 4"], LabelMultipliers.Of([.. runs.Where(r => r.Header.Seed > 21)]).Y.Notes!);
    }

    [Fact]
    public void A_multiplier_needs_scratch_with_the_same_seeds()
    {
        Assert.Equal("A label multiplier needs test runs of 'scratch' and of a method with the same seeds: there are "
            + "none of GPT.", Refusal(() => LabelMultipliers.Of([.. Runs().Of("scratch"), Run("GPT", 99, 32, 0.9)])));
        Assert.Equal("A label multiplier needs test runs of 'scratch' and of a method with the same seeds: there are "
            + "none.", Refusal(() => LabelMultipliers.Of([])));
    }

    [Fact]
    public void Beliefs_are_lines_over_the_seams_of_the_arms_that_have_the_usual_answers()
    {
        var figure = BeliefsAtSeams.Of([.. Runs().Where(r => r.Method is "scratch" or "GPT")], "polarity");
        Assert.Equal(["scratch", "GPT"], figure.Marks.OfType<Line>().Select(l => l.Name));
        Assert.All(figure.Marks.OfType<Line>(), line => Assert.Equal([0, 1, 2], line.X));
        Assert.Equal("What the layers show of the polarity", figure.Title);
        Assert.Equal("After the last layer GPT shows most of the polarity, R² 0.60, scratch -0.10.", figure.Finding);
        Assert.True(figure.X.Whole);
        Assert.Equal("No test run measured the R² of 'mood': there are topic, polarity.",
            Refusal(() => BeliefsAtSeams.Of([.. Runs()], "mood")));
        Assert.Equal("No test run measured the R² of 'topic': there are no measures \"R2 of ... at seam ...\".",
            Refusal(() => BeliefsAtSeams.Of([.. Runs().Of("bag of words")], "topic")));
    }

    [Fact]
    public void Each_run_is_a_point_and_ranks_are_correlated_over_all()
    {
        var figure = AnswersAgainstBeliefs.Of([.. Runs().Of("scratch", "GPT", "bag of words")]);
        Assert.Equal([("scratch", 4), ("GPT", 4)], figure.Marks.OfType<Dots>().Select(d => (d.Name, d.X.Count)));
        Assert.Matches(@"^Spearman.s rho of R² and accuracy is 0\.\d\d \(.*\), 95 % bootstrap interval over 4 "
            + @"seeds\.$",
            figure.Finding);
        Assert.DoesNotContain("interval", AnswersAgainstBeliefs.Of([.. Runs().Of("scratch", "GPT")
            .Where(r => r.Header.Seed < 23)]).Finding);
    }

    [Fact]
    public void Accuracy_stands_against_the_parameters_that_are_trained()
    {
        var figure = AccuracyAgainstTrained.Of([.. Runs()],
            new Dictionary<string, long> { ["bag of words"] = 300, ["GPT"] = 20_000, ["GPT, text x 2"] = 20_000 });
        Assert.Equal(["bag of words", "GPT", "GPT, text x 2"], figure.Marks.OfType<Dots>().Select(d => d.Name));
        Assert.Equal([300, 20000, 20000], figure.Marks.OfType<Dots>().Select(d => d.X.Single()));
        Assert.Equal("Accuracy is 0.85 (0.84 to 0.86) with 20k trained parameters (GPT, text x 2), and 0.70 (0.69 to "
            + "0.71) with 300 trained parameters (bag of words).", figure.Finding);
        Assert.StartsWith("No test run is of an arm of which the trained parameters are given",
            Refusal(() => AccuracyAgainstTrained.Of([.. Runs()], new Dictionary<string, long> { ["BERT"] = 1 })));
    }

    [Fact]
    public void Each_arm_has_a_row_with_its_accuracy_and_the_best_comes_first()
    {
        var figure = AccuracyRows.Of([.. Runs().Of("scratch", "GPT", "bag of words")]);
        Assert.Equal(["GPT", "bag of words", "scratch"], figure.Y.Categories);
        Assert.StartsWith("GPT is right most often, 0.850 (0.8", figure.Finding);
        Assert.Equal([0.85, 0.7, 0.65], figure.Marks.OfType<Points>().Single().Values.Select(v => Math.Round(v, 6)));
    }

    [Fact]
    public void An_experiment_about_answers_has_the_figures_that_its_records_allow()
    {
        var experiment = PretrainingExperiment.Definition;
        var runs = (from run in experiment.Runs(Scale.Ci)
                    where !run.IsTuning
                    let made = Run(run.Arm.Name, run.Seed, run.Arm.At(Scale.Ci).Labels, 0.6 + 0.001 * run.Number)
                    select made with { Header = made.Header with { Number = run.Number } }).ToList();
        string[] NamesOf(IEnumerable<RunRecord> some) =>
            [.. ExperimentFigures.Of(experiment, Scale.Ci, [.. some]).Select(f => f.Name)];
        string[] all = ["answers", "accuracy", "multipliers", "beliefs-topic", "beliefs-polarity",
            "answers-beliefs-polarity"];
        Assert.Equal([.. all, "trends"], NamesOf(runs).Where(name => !name.StartsWith("differences")));
        Assert.Equal(["accuracy", .. all[3..]], NamesOf(runs.Of("scratch")).Where(all.Contains));
        Assert.DoesNotContain("excess-tokens", NamesOf(runs));
    }

    private static string Refusal(Func<Figure> make) => Assert.Throws<ArgumentException>(make).Message;

    private static IEnumerable<RunRecord> Runs() =>
        from seed in Enumerable.Range(21, 4)
        let noise = 0.004 * (seed % 4 - 1.5)
        from run in (RunRecord[])
        [
            Run("scratch", seed, 32, 0.65 + noise), Run("scratch, 8 answers", seed, 8, 0.55 + noise),
            Run("scratch, 128 answers", seed, 128, 0.75 + noise), Run("GPT", seed, 32, 0.85 + noise),
            Run("GPT, text x 2", seed, 32, 0.85 + noise), Run("bag of words", seed, 32, 0.7 + noise),
            Run("bag of words, 128 answers", seed, 128, 0.8 + noise),
        ]
        select run;

    /// <summary>Of the polarity GPT shows more with each layer, and scratch nothing. Where there is nothing to measure
    /// it is not a number.</summary>
    private static RunRecord Run(string arm, int seed, int answers, double accuracy)
    {
        var measures = new Dictionary<string, double>
        {
            ["accuracy"] = accuracy, [Experiment.Excess] = 0.5, [Experiment.Floor] = 0, [Experiment.UnigramGap] = 0.7,
        };
        foreach (var (latent, seam) in Latents.Append("score").SelectMany(l =>
            Enumerable.Range(0, 4).Select(s => (l, s))))
            measures[$"R2 of {latent} at seam {seam}"] = arm.StartsWith("bag") || seam == 3 || latent == "score"
                ? double.NaN : (arm.StartsWith("GPT") ? 0.3 : -0.05) * seam + 0.001 * (seed % 2 - 0.5);
        return new(new RunHeader("sample", arm, [], seed, "cpu", 1, "data", "source", new Dictionary<string, string>(),
            DateTimeOffset.UnixEpoch), [new RunEvent("fine-tuning", 1, 100, 100, 1, 1, 0.5)],
            new RunResult(20_000, 0, 100, answers, 100, 100, 1, 0.5) { Measures = measures }, []);
    }
}
