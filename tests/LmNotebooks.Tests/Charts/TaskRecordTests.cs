using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Charts;

/// <summary>The charts of several tasks, from the records of models.</summary>
public class TaskRecordTests
{
    private static readonly string[] Learned = ["tags", "intent", "sign"];

    [Fact]
    public void A_pair_of_tasks_gives_both_gains_over_the_seeds_that_both_have()
    {
        var gains = TaskGains.Of(Transfer());
        Assert.Equal(["intent to tags: 0.04", "tags to intent: 0.02"], gains.Select(g => FormattableString.Invariant(
            $"{g.Added} to {g.Judged}: {g.Seeds.Average(s => s.Difference):F2}")));
        Assert.All(gains, gain => Assert.Equal([21, 22, 23, 24], gain.Seeds.Select(s => s.Seed)));
        Assert.All(TaskGains.Of(Transfer(), equalUpdates: true), gain => Assert.Equal([21, 22],
            gain.Seeds.Select(s => s.Seed)));
        Assert.Equal("There is no gain: it needs test runs of two tasks together, equal updates, and of one of them "
            + "alone with the same seed.", Refusal(() => TransferMatrix.Of([.. Transfer().Of("tags", "intent",
                "intent and tags")], equalUpdates: true)));
    }

    [Fact]
    public void The_matrix_has_the_tasks_in_the_order_in_which_they_were_learned_alone()
    {
        var figure = TransferMatrix.Of([.. Transfer()]);
        Assert.Equal(["tags", "intent"], figure.X.Categories);
        Assert.Equal(["60 %", "+2.0*", "+4.0*", "50 %"], ((Heat)figure.Marks.Single()).Texts!.Cast<string>());
        Assert.StartsWith("13 records of sample", figure.Made);
        var equal = TransferMatrix.Of([.. Transfer()], equalUpdates: true);
        Assert.Equal("What a task gains when another is learned too, at equal updates", equal.Title);
        Assert.EndsWith("\n2 seeds: too few for intervals", equal.X.Title);
    }

    [Fact]
    public void Measures_are_called_as_the_experiments_call_them()
    {
        Assert.All(MultiTaskTransferExperiment.Definition.Measurements, m =>
            Assert.Equal([m.Name["way of ".Length..]], Run("all", 1, (m.Name, 1)).Tasks));
        Assert.Equal(15, MultiTaskGradientsExperiment.Definition.Measurements
            .SelectMany(m => CosineRows.PairsOf(Run("all", 1, (m.Name, 1)))).Count());
    }

    [Fact]
    public void A_gain_is_above_the_goal_alone_with_the_same_width()
    {
        var figure = GainAgainstAgreement.Of([.. Agreeing()]);
        Assert.Equal(["one head", "own heads", "one head, width 16"], figure.Marks.OfType<Line>().Select(l => l.Name));
        Assert.Equal([10, 4, 6], figure.Marks.OfType<Line>().Select(l => Math.Round(l.Y[^1], 6)));
        Assert.Equal([-0.5, 1], figure.Marks.OfType<Line>().First().X);
        Assert.Equal(["0: the task alone"], figure.Marks.OfType<Reference>().Select(r => r.Name));
        Assert.StartsWith("22 records of sample", figure.Made);   // no trend, and alone with more updates neither
    }

    [Fact]
    public void A_gain_at_equal_updates_and_of_some_kinds_alone_can_be_asked_for()
    {
        var line = Assert.Single(GainAgainstAgreement.Of([.. Agreeing()], equalUpdates: true, "one head").Marks
            .OfType<Line>());
        Assert.Equal([-6, 8], line.Y.Select(y => Math.Round(y, 6)));
        Assert.Equal("There is no gain of 'two heads': there are those of one head; own heads; one head, width 16.",
            Refusal(() => GainAgainstAgreement.Of([.. Agreeing()], kinds: "two heads")));
        Assert.Equal("There is no gain: it needs test runs of 'alpha ...' and of 'alone' with the same seeds.",
            Refusal(() => GainAgainstAgreement.Of([.. Agreeing().Where(r => r.Header.Arm != "alone"
                && !r.Header.Arm.Contains("width"))])));
    }

    [Fact]
    public void A_pair_stands_at_the_cosine_of_its_gradients_in_the_model_of_the_same_seed()
    {
        var figure = GainAgainstCosine.Of([.. Transfer()], [.. Gradients()], "all six, 100 % of training");
        Assert.Equal([0.3, 0.3], figure.Marks.OfType<Dots>().Where(d => !d.Hollow)
            .Select(d => Math.Round(d.X.Single(), 6)));
        Assert.Equal([2, 4], figure.Marks.OfType<Dots>().Where(d => !d.Hollow)
            .Select(d => Math.Round(d.Y.Single(), 6)).Order());
        Assert.StartsWith("There is no test run of 'all'", Refusal(() =>
            GainAgainstCosine.Of([.. Transfer()], [.. Gradients()], "all")));
        Assert.StartsWith("No pair of tasks has a cosine: measure gradients with the same seeds", Refusal(() =>
            GainAgainstCosine.Of([.. Transfer()], [Gradient(99, 0.1)], "all six, 100 % of training")));
    }

    [Fact]
    public void Each_pair_of_tasks_has_a_row_with_its_cosine_and_the_ends_of_intervals_have_none()
    {
        var figure = CosineRows.Of([.. Gradients()]);
        Assert.Equal(["intent and tags", "intent and sign"], figure.Y.Categories);
        Assert.Equal([0.3, -0.1], figure.Marks.OfType<Points>().Single().Values.Select(v => Math.Round(v, 6)));
        Assert.Matches("^The gradients of intent and tags agree most, 0.300 .*, those of intent and sign least, -0.100 ",
            figure.Caption);
        Assert.EndsWith("; of 2 cosines 1 are above 0 and 1 below with their intervals.", figure.Caption);
        Assert.StartsWith("No test run has a measure \"cosine of", Refusal(() => CosineRows.Of([.. Transfer()])));
    }

    [Fact]
    public void An_experiment_about_agreement_has_its_gains_and_rows_without_widths_and_trends()
    {
        var figures = Figures(MultiTaskExperiment.Definition, run => [("accuracy", 0.6 + 0.001 * run.Number)]);
        Assert.Equal(["gain-agreement", "gain-agreement-widths", "accuracy", "accuracy-gallery", "differences-accuracy",
            "trends"], figures.Keys);
        Assert.Equal(["one head", "own heads"], figures["gain-agreement"].Marks.OfType<Line>().Select(l => l.Name));
        Assert.Equal(6, figures["gain-agreement-widths"].Marks.OfType<Line>().Count());
        Assert.All((string[])["accuracy", "accuracy-gallery"], name => Assert.All(figures[name].Y.Categories!, arm =>
            Assert.False(arm.Contains("text x") || arm.Contains(", width"))));
        Assert.Equal("difference in accuracy (points)", figures["trends"].Y.Title);
    }

    [Fact]
    public void Where_nothing_is_judged_all_accuracies_are_in_one_figure()
    {
        var rows = Assert.Single(Figures(MultiTaskWaysExperiment.Definition, _ => [("accuracy", 0.6)]));
        Assert.Equal(("accuracy", 14), (rows.Key, rows.Value.Y.Categories!.Count));
    }

    [Fact]
    public void Models_that_do_not_learn_the_goal_are_not_drawn_above_the_truth()
    {
        var figures = Figures(MultiTaskTransferExperiment.Definition, run => [.. SixTasks.All.Select(task =>
            ($"way of {task}", ((Tasked)run.Arm).Tasks.Contains(task) ? 0.5 + 0.001 * run.Number : double.NaN))]);
        Assert.Equal(["transfer", "transfer-equal-updates"], figures.Keys);
        Assert.All(figures.Values, figure => Assert.Equal(SixTasks.All, figure.X.Categories));
        Assert.All(figures.Values, figure => Assert.DoesNotContain("", ((Heat)figure.Marks.Single()).Texts!
            .Cast<string>()));
    }

    [Fact]
    public void Where_gradients_were_measured_each_arm_has_the_cosines_of_all_pairs()
    {
        var experiment = MultiTaskGradientsExperiment.Definition;
        var figures = Figures(experiment, run => [.. experiment.Measurements.Select(m =>
            (m.Name, 0.1 * Math.Sin(m.Name.Length + run.Number)))]);
        Assert.Equal(["cosines-all-six-12-of-training", "cosines-all-six-25-of-training",
            "cosines-all-six-100-of-training"], figures.Keys);
        Assert.All(figures.Values, figure => Assert.Equal(15, figure.Y.Categories!.Count));
    }

    [Fact]
    public void What_an_answer_is_worth_beside_a_second_task_is_read_off_its_goal_alone()
    {
        var figures = Figures(MultiTaskLabelsExperiment.Definition, run => [("accuracy", run.Arm.Name switch
        {
            "scratch" => 0.6, "scratch, 128 answers" => 0.7, "scratch, 512 answers" => 0.8, _ => 0.7,
        })]);
        Assert.Equal(["answers", "accuracy", "accuracy-gallery", "multipliers", "differences-accuracy", "trends"],
            figures.Keys);
        Assert.Equal(["with polarity", "bag of words"], figures["multipliers"].Y.Categories);
        Assert.Equal(["4", "4"], figures["multipliers"].Y.Notes);
    }

    [Fact]
    public void Models_that_all_translate_are_drawn_above_the_truth()
    {
        var figures = Figures(MultiTaskTranslationExperiment.Definition, run =>
            [("way of translation", 0.7), ("way of intent", run.Arm.Name == "alone" ? double.NaN : 0.6)]);
        Assert.Contains("excess", figures.Keys);
        Assert.Contains("differences", figures.Keys);
        Assert.DoesNotContain("transfer", figures.Keys);
    }

    private static Dictionary<string, Figure> Figures(Experiment experiment,
        Func<PlannedRun, (string, double)[]> measures) =>
        ExperimentFigures.Of(experiment, Scale.Ci, [.. from run in experiment.Runs(Scale.Ci)
            let made = Run(run.Arm.Name, run.Seed, [.. measures(run), (Experiment.Excess, 0.5 + 0.001 * run.Number),
                (Experiment.Floor, 0), (Experiment.UnigramGap, 2)])
            select made with
            {
                Header = made.Header with { Number = run.Number },
                Result = made.Result! with { Labels = run.Arm.At(Scale.Ci).Labels },
            }]).ToDictionary(f => f.Name, f => f.Figure);

    private static string Refusal(Func<Figure> make) => Assert.Throws<ArgumentException>(make).Message;

    /// <summary>Tags come 60 % of the way alone and intent 50 %; together 4 and 2 points further. What is learned of
    /// sign is learned with both.</summary>
    private static IEnumerable<RunRecord> Transfer() =>
        from seed in Enumerable.Range(21, 5)
        let noise = 0.001 * (seed % 2)
        from run in (RunRecord[])
        [
            Ways("tags", seed, (0.6, double.NaN, double.NaN)), Ways("intent", seed, (double.NaN, 0.5, double.NaN)),
            Ways("intent and tags", seed, (0.64 + noise - 0.0005, 0.52 + noise - 0.0005, double.NaN)),
            Ways("intent and tags, equal updates", seed, (0.6, 0.49, double.NaN)),
            Ways("all six", seed, (0.7, 0.7, 0.7)),
        ]
        where seed < 25 || run.Header.Arm is "tags"
        where seed < 23 || !run.Header.Arm.EndsWith("updates")
        select run;

    private static RunRecord Ways(string arm, int seed, (double Tags, double Intent, double Sign) ways) =>
        Run(arm, seed, [.. Learned.Zip((double[])[ways.Tags, ways.Intent, ways.Sign]).Select(w =>
            ($"way of {w.First}", w.Second))]);

    private static IEnumerable<RunRecord> Gradients() =>
        Enumerable.Range(21, 4).Select(seed => Gradient(seed, 0.3 + 0.01 * (seed % 2 - 0.5)));

    private static RunRecord Gradient(int seed, double cosine) => Run("all six, 100 % of training", seed,
        ("cosine of intent and tags", cosine), ("cosine of intent and tags, low", cosine - 0.1),
        ("cosine of intent and tags, high", cosine + 0.1), ("cosine of tags and sign", double.NaN),
        ("cosine of intent and sign", cosine - 0.4));

    /// <summary>Alone the accuracy is 0.6, with more updates 0.62, with a width of 16 0.5.</summary>
    private static IEnumerable<RunRecord> Agreeing() =>
        from seed in Enumerable.Range(21, 4)
        from arm in ((string, double)[])
        [
            ("alone", 0.6), ("alone, equal updates", 0.62), ("alone, width 16", 0.5), ("alone, text x 2", 0.7),
            ("alpha 1, one head", 0.7), ("alpha -0.5, one head", 0.56), ("alpha 1, own heads", 0.64),
            ("alpha 1, one head, width 16", 0.56), ("alpha 1, one head, text x 2", 0.9), ("permuted, own heads", 0.5),
        ]
        where seed < 23 || !arm.Item1.StartsWith("alpha 1, own")
        select Run(arm.Item1, seed, ("accuracy", arm.Item2));

    private static RunRecord Run(string arm, int seed, params (string Name, double Value)[] measures) =>
        new(new RunHeader("sample", arm, [], seed, "cpu", 1, "data", "source", new Dictionary<string, string>(),
            DateTimeOffset.UnixEpoch), [new RunEvent("together", 1, 100, 100, 1, 1, 0.5)],
            new RunResult(20_000, 0, 100, 32, 100, 100, 1, 0.5)
            {
                Measures = measures.ToDictionary(m => m.Name, m => m.Value),
            }, []);
}
