using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Tests.Experiments;
using Interval = LmNotebooks.Measures.Interval;

namespace LmNotebooks.Tests.Charts;

public class ChartTests
{
    [Fact]
    public void The_next_words_of_a_language_are_its_likeliest_after_the_end_of_the_prefix()
    {
        var language = LmNotebooks.Languages.Lingua.Preset("base", 1);
        var prefix = language.Sample(1, 1)[0].Ids[..20];
        var figure = NextWordBars.Of(language, language, prefix, count: 3);
        Assert.Equal($"Next word after \"… {language.Text(prefix[13..])}\"", figure.Title);
        var truth = Assert.IsType<Bars>(figure.Marks[0]).Values;
        Assert.Equal(language.Next(prefix).OrderDescending().Take(3), truth);
        Assert.Equal(truth, Assert.IsType<Bars>(figure.Marks[1]).Values);
    }

    [Fact]
    public void Loss_curves_say_how_far_each_run_ends_above_the_floor() =>
        Assert.Equal("Transformer ends 0.062 nats per token above the floor of 2.26; GRU 0.116; shared weights 0.180; "
            + "RNN 0.300.", Samples.Loss.Caption);

    [Fact]
    public void Excess_bars_say_which_model_is_closest_to_the_truth() =>
        Assert.StartsWith("Transformer is closest to the truth, 0.062 ± 0.004 nats per token above it; GRU 0.116 ± "
            + "0.011", Samples.Excess.Caption);

    [Fact]
    public void Share_bars_give_each_share_with_its_interval() =>
        Assert.EndsWith("topic 0.93 (0.90 to 0.96); number agreement 1.02 (0.95 to 1.10); register -0.02 (-0.07 to "
            + "0.04).", Samples.Share.Caption);

    [Fact]
    public void Next_word_bars_name_the_word_that_the_model_gets_most_wrong() =>
        Assert.Equal("After \"the old cat\" the language and the model differ most at \"ran\": probability 0.30 in the "
            + "language, 0.20 in the model.",
            Samples.NextWord.Caption);

    [Fact]
    public void Bands_say_where_each_arm_ends_and_reach_from_its_lowest_to_its_highest_seed()
    {
        Assert.StartsWith("Transformer ends closest to the truth, 0.070 (0.056 to 0.084) nats per token above it; ",
            Samples.Bands.Caption);
        var ends = Samples.Runs().Where(r => r.Header.Arm == "shallow")
            .Select(r => r.Result!.Measures[Experiment.Excess]).ToList();
        var band = Samples.Bands.Marks.OfType<Band>().Single(b => b.Name == "shallow");
        Assert.Equal(ends.Min(), band.Low[^1], 1e-6);
        Assert.Equal(ends.Max(), band.High[^1], 1e-6);
        Assert.Equal(ends.Average(), Samples.Bands.Marks.OfType<Line>().Single(l => l.Name == "shallow").Y[^1], 1e-6);
    }

    [Fact]
    public void Everything_over_seeds_has_one_zero_line_and_counted_arms_are_levels()
    {
        foreach (var figure in (Figure[])[Samples.Bands, Samples.Live, Samples.Flops])
            Assert.Equal(["0: the truth", "unigram 1.88", "trigram 0.62"], figure.Marks.OfType<Reference>()
                .Select(r => r.Name));
    }

    [Fact]
    public void Live_runs_are_lines_over_the_bands_of_the_records_in_the_colour_of_their_arm()
    {
        Assert.Equal(["Transformer", "shared, wide", "shallow"], Samples.Live.Marks.OfType<Band>().Select(b => b.Name));
        Assert.Equal(["Transformer, live", "Transformer, live", "shared, wide, live"], Samples.Live.Marks.OfType<Line>()
            .Select(l => l.Name));
        Assert.Equal(["Transformer", "Transformer", "shared, wide"], Samples.Live.Marks.OfType<Line>()
            .Select(l => l.Family));
        Assert.Equal(Samples.Bands.Caption, ExcessBands.Of([], [.. Samples.Runs()]).Caption);
    }

    [Fact]
    public void Tuning_and_failed_runs_are_not_drawn()
    {
        var runs = Samples.Runs();
        var tuning = runs[2] with { Header = runs[2].Header with { TriedRate = 0.1 } };
        var failed = runs[2] with { Result = runs[2].Result! with { Error = "no" } };
        Assert.Equal(Samples.Bands.Caption, ExcessBands.Of([.. runs, tuning, failed]).Caption);
    }

    [Fact]
    public void The_axis_of_excess_leaves_out_how_bad_untrained_models_are() =>
        Assert.True(ExcessBands.Of([.. Samples.Runs().Where(r => r.Header.Arm == "Transformer")])
            .Y.Most is > 0.2 and < 0.4);

    [Fact]
    public void Compute_says_what_each_arm_spent() =>
        Assert.StartsWith("Transformer ends closest to the truth, 0.070 nats per token above it, after 0.38 x 10¹² "
            + "FLOPs; ",
            Samples.Flops.Caption);

    [Fact]
    public void Differences_give_the_interval_the_verdict_and_how_many_seeds_agree_in_sign()
    {
        Assert.StartsWith("shared, wide minus Transformer: 0.035, 0.026 to 0.043, undecided, 8 of 8 with this sign; ",
            Samples.Differences.Caption);
        Assert.EndsWith("; margin 0.037.", Samples.Differences.Caption);
        Assert.Equal(["undecided\n8 of 8 with this sign", "supported\n8 of 8 with this sign",
            "equal\n5 of 8 with this sign"], Samples.Differences.Y.Notes!);
        Assert.Equal(8, Samples.Differences.Marks.OfType<Points>().First().Rows.Count(row => row == 1));
        Assert.Equal(["-0.0374", "0.0374"], Samples.Differences.Marks.OfType<Band>().Single()
            .X.Select(x => FormattableString.Invariant($"{x:F4}")));
    }

    /// <summary>Records are of arms; what is drawn of some hypotheses is what is judged of all of them.</summary>
    [Fact]
    public void Hypotheses_are_drawn_by_their_names_and_judged_with_all_others()
    {
        var (experiment, records) = (CostStudy.Definition, CostStudy.Records());
        var ratios = PairedDifferences.Of(experiment, records, "flops");
        Assert.Equal("ratio of the FLOPs to reach the excess of joint + 2 % of the unigram gap", ratios.X.Title);
        Assert.Equal(PairedDifferences.OfRatios([experiment.Judge(records)[0]], "").Caption, ratios.Caption);
        var differences = PairedDifferences.Of(Study.Definition, Study.Records(), "price", "learning");
        Assert.Equal(PairedDifferences.Of(Study.Definition.Judge(Study.Records())).Caption, differences.Caption);
        Assert.Equal(differences.Caption, PairedDifferences.Of(Study.Definition, Study.Records()).Caption);
        Refused("sharing has no hypothesis 'prize': it has learning; price.",
            () => PairedDifferences.Of(Study.Definition, Study.Records(), "prize"));
    }

    [Fact]
    public void A_replacement_is_drawn_by_the_name_of_its_hypothesis()
    {
        Assert.Equal("replaced takes 1 of the tokens of training from scratch.",
            ReplacementCost.Of(CostStudy.Definition, "replace", CostStudy.Records()).Caption);
        var never = CostStudy.Hypotheses.Single(h => h.Name == "replace") with
        {
            Target = new("joint", Spending.Tokens) { Margin = -1 },
        };
        Refused("Neither replaced nor joint reached the target with every seed: nothing is known of the ratio then.",
            () => ReplacementCost.Of(CostStudy.Definition with { Hypotheses = [never] }, "replace",
                CostStudy.Records()));
    }

    /// <summary>The last stage has five events, the first of them 100 tokens after the stage began. An earlier stage
    /// can have its name.</summary>
    [Fact]
    public void Since_its_last_stage_began_an_arm_has_read_what_that_stage_has()
    {
        var line = ScalingCurves.SinceLastStage(CostStudy.Records().Of("stuck")).Marks.OfType<Line>().Single();
        Assert.Equal([100, 200, 300, 400, 500], line.X);
        Assert.Equal([0.9, 0.8, 0.7, 0.35, 0.35], line.Y, (a, b) => Math.Abs(a - b) < 1e-9);
        var run = CostStudy.Records().Of("stuck")[0];
        var earlier = run with { Events = [run.Events[0] with { Stage = run.Events[^1].Stage },
            .. run.Events.Skip(1)] };
        Assert.Equal(line.X, ScalingCurves.SinceLastStage([earlier]).Marks.OfType<Line>().Single().X);
        var whole = ScalingCurves.SinceLastStage([CostStudy.Records().Of("joint")[0]]).Marks.OfType<Line>().Single();
        Assert.Equal([100, 200, 300, 400, 500], whole.X);
        Assert.All(whole.Intervals!, interval => Assert.Equal(interval.Low, interval.High));
    }

    [Fact]
    public void The_curve_of_an_objective_is_through_the_parts_that_stood_in()
    {
        var run = CostStudy.Records().Of("stuck")[0];
        run = run with { Events = [run.Events[0], run.Events[1] with { ObjectiveLoss = 7 }, run.Events[2]] };
        Assert.Equal([7, run.Events[2].TestLoss], Curve.OfObjective("stuck", run).Loss);
        Assert.Equal([run.Events[1].TestLoss, run.Events[2].TestLoss], Curve.Of("stuck", run).Loss);
    }

    [Fact]
    public void A_map_of_stems_lies_in_their_principal_plane()
    {
        static Stem Noun(int topic) => new($"noun {topic}", Slot.Noun, 1, topic, 0, 1, 0, -1);
        var map = EmbeddingMap.Of("topic", [(Noun(1), [1, 1, 2]), (Noun(0), [1, 3, 1]), (Noun(0), [1, 1, 0]),
            (Noun(1), [1, -1, 1])], stem => stem.Topic);
        Assert.Equal(["topic 0", "topic 1"], map.Marks.OfType<Dots>().Select(d => d.Name));
        Assert.Equal("first direction, 80 % of the variance", map.X.Title);
    }

    [Fact]
    public void Attention_over_an_attractor_is_cut_before_the_verb_and_looks_for_its_subject()
    {
        var language = Lingua.Preset("base", 1);
        var data = LmNotebooks.Tokens.Dataset.Of(language, 500, 200, seed: 1);
        var config = Run.Config(data, Scale.Ci);
        var model = (TransformerLm)LanguageModel.Of(config, new(1));
        var words = AttentionMap.OverAttractor(language, model, data.Test.Documents).X.Categories!;
        var text = data.Test.Documents.First(d =>
            language.Text(d).StartsWith(string.Join(' ', words.Skip(1)) + " ", StringComparison.Ordinal));
        var verb = language.Places(text).ElementAt(words.Count - 1);
        Assert.Equal("(start)", words[0]);
        Assert.True(verb is { Word.Slot: Slot.Verb, Depth: 0, Attractors: > 0 });
        Refused("No text has an attractor before a main verb among its first 14 words: give more texts, or raise "
            + "Depth.", () => AttentionMap.OverAttractor(language, model, []));
    }

    [Fact]
    public void Contrasts_of_different_margins_do_not_share_a_figure() =>
        Refused("These contrasts have different margins: draw a figure for each margin.", () =>
            PairedDifferences.Of(Contrast.JudgeAll(
            Samples.Compared("a", "b", 1, 1), Samples.Compared("a", "b", 1, 1) with { Claim = Claim.Accuracy })));

    [Fact]
    public void The_figures_of_an_experiment_are_those_that_its_records_allow()
    {
        var (experiment, records) = (Study.Definition, Study.Records().Skip(1).ToList());
        string[] Names(IReadOnlyList<RunRecord> some) =>
            [.. ExperimentFigures.Of(experiment, Scale.Laptop, some).Select(f => f.Name)];
        Assert.Equal(["excess-tokens", "excess-flops", "excess", "differences"], Names(records));
        Assert.Equal(["excess-tokens", "excess-flops", "excess"], Names([.. records.Skip(1)]));
        Assert.Equal(["excess"], Names([.. records.Where(r => r.Header.Arm == "trigram")]));
        Assert.Empty(Names([]));
        Assert.Empty(Names([.. records.Select(r => r with { Header = r.Header with { Number = 900 } })]));
    }

    [Fact]
    public void Arms_that_are_only_shown_have_a_figure_apart_from_those_that_are_judged()
    {
        var experiment = Study.Definition with
        {
            Arms = [.. Study.Definition.Arms.Select(a => a with { Gallery = a.Name == "unshared" })], Hypotheses = [],
        };
        var records = from run in experiment.Runs(Scale.Laptop)
                      where !run.IsTuning
                      join r in Study.Records().Tests()
                          on (run.Arm.Name, run.Seed) equals (r.Header.Arm, r.Header.Seed)
                      select r with { Header = r.Header with { Number = run.Number } };
        var figures = ExperimentFigures.Of(experiment, Scale.Laptop, [.. records])
            .ToDictionary(f => f.Name, f => f.Figure);
        Assert.Equal(["ALBERT, all", "trigram"], figures["excess"].Y.Categories);
        Assert.Equal(["unshared"], figures["excess-gallery"].Y.Categories);
        Assert.DoesNotContain("unshared", figures["excess-tokens"].Caption);
    }

    [Fact]
    public void Where_runs_are_counted_every_run_is_a_point_beside_how_many_lie_below_the_bound()
    {
        var counts = Study.Definition.Hypotheses[1] with { Below = 0.1025 };
        var figure = RunStrip.Of(counts, Study.Records());
        Assert.Equal(["0 of 8", "3 of 8", "8 of 8"], figure.Y.Notes);
        Assert.Equal("Runs with excess below 0.1025: trigram 0 of 8; ALBERT, all 3 of 8; unshared 8 of 8.",
            figure.Caption);
        Assert.Equal(24, Assert.IsType<Points>(figure.Marks[^1]).Values.Count);
        Assert.Equal("runs", ExperimentFigures.Of(Study.Definition with { Hypotheses = [counts] }, Scale.Laptop,
            [.. Study.Records().Skip(1)])[0].Name);
        Refused("'price' does not count runs: draw a hypothesis that has a bound.",
            () => RunStrip.Of(Study.Definition.Hypotheses[1], Study.Records()));
        Refused("There is no test run to draw.", () => RunStrip.Of(counts, []));
    }

    [Fact]
    public void Levels_too_close_for_labels_of_their_own_share_one_over_the_highest()
    {
        Figure With(params double[] levels) => new("", new Axis(""), new Axis(""),
            [new Line("curve", [0, 1], [0, 10]), .. levels.Select(level => new Reference($"{level}", level))], "");

        IEnumerable<(string, double)> Labels(Figure figure) =>
            Frame.Of(figure)[0].Labels.Select(label => (label.Text, label.Y));

        Assert.Equal([("5.2, 5.1, 5", 5.2), ("9", 9)], Labels(With(5.1, 9, 5, 5.2)));
        Assert.Equal([("1", 1), ("5", 5)], Labels(With(5, 1)));
    }

    [Fact]
    public void Hypotheses_of_other_measures_have_figures_of_their_own()
    {
        var hypotheses = Study.Definition.Hypotheses.Append(new("accuracy", "Sharing names more.", "ALBERT, all",
            "unshared") { Measure = "accuracy, 32 labels" });
        var records = Study.Records().Skip(1).Select(r => r with { Result = r.Result! with
        {
            Measures = new Dictionary<string, double>(r.Result.Measures) { ["accuracy, 32 labels"] = 1
                - r.Result.Measures[Experiment.Excess] },
        } }).ToList();
        var figures = ExperimentFigures.Of(Study.Definition with { Hypotheses = [.. hypotheses] }, Scale.Laptop,
            records);
        Assert.Equal(["differences", "differences-accuracy-32-labels"], figures.Select(f => f.Name).TakeLast(2));
        Assert.Equal(["difference of the excess (nats per token)", "difference of the accuracy, 32 labels"],
            figures.Select(f => f.Figure.X.Title).TakeLast(2));
        Assert.Equal([2, 1], figures.Select(f => f.Figure.Y.Categories?.Count).TakeLast(2));
    }

    [Fact]
    public void Costs_have_a_figure_of_ratios_for_each_cost_and_target_and_bounds_reach_to_its_end()
    {
        var figures = ExperimentFigures.Of(CostStudy.Definition, Scale.Laptop, CostStudy.Records()).TakeLast(3)
            .ToList();
        Assert.Equal(["costs-flops-joint", "costs-critical-path-flops-joint", "costs-tokens-replacement"],
            figures.Select(f => f.Name));
        Assert.Equal("ratio of the FLOPs to reach the excess of joint + 2 % of the unigram gap", figures[0]
            .Figure.X.Title);
        var replaced = figures[2].Figure;
        Assert.Equal("ratio of the tokens to reach the excess before the last stage + 3 % of the unigram gap",
            replaced.X.Title);
        Assert.StartsWith("replaced to joint: 1.000, 1.000 to 1.000, equal, 0 of 8 with this sign; "
            + "stuck to joint: 1.500, 1.500 to no end, refuted, 8 censored, 8 of 8 with this sign; ", replaced.Caption);
        Assert.Equal([1, 1.5, double.NegativeInfinity], replaced.Marks.OfType<Points>().Last()
            .Intervals!.Select(i => Math.Round(i.Low, 4)));
        Assert.Equal([1, double.PositiveInfinity, 0.6667], replaced.Marks.OfType<Points>().Last()
            .Intervals!.Select(i => Math.Round(i.High, 4)));
        Assert.True(replaced.X.Log);
    }

    [Fact]
    public void A_map_of_words_says_how_often_the_nearest_is_of_the_same_kind_and_how_often_it_would_be_at_random()
    {
        var map = EmbeddingMap.Of("class", (0.5, 0.25), ("a", "one", 0, 0), ("b", "one", 1.4, 0), ("c", "two", 1.5, 0),
            ("d", "two", 1.51, 0), ("e", "two", 9, 9));
        Assert.Equal("In a plane with 75 % of the variance, the nearest word is of the same class for 4 of 5 words; if "
            + "words lay at random, for 2.", map.Caption);
        Assert.Equal(["one", "two"], map.Marks.Select(m => m.Family));
        Assert.Equal("first direction, 50 % of the variance", map.X.Title);
    }

    [Fact]
    public void A_map_of_attention_says_where_the_last_word_looks_most() => Assert.Equal(
        "The last word, \"sat\", looks most at \"cat\" (position 1 of 0 to 2), weight 0.70; then at \"the\", weight "
            + "0.20; then at \"sat\", weight 0.10.",
        AttentionMap.Of(["the", "cat", "sat"], new double[,] { { 1, 0, 0 }, { 0.5, 0.5, 0 }, { 0.2, 0.7, 0.1 } })
            .Caption);

    [Fact]
    public void Curves_over_seeds_say_where_each_begins_and_ends_in_the_order_of_the_axis()
    {
        Assert.EndsWith("GRU 0.270 (0.250 to 0.290) at 9180, 0.120 (0.100 to 0.140) at 124.4k; all layers shared 0.120 "
            + "(0.110 to 0.130) at 28k.", Samples.Scaling.Caption);
        Assert.StartsWith("With 3 attractors between subject and verb, Transformer 0.93 is best and trigram 0.39 "
            + "worst; "
            + "mean over the seeds (interval): Transformer 0.990 ", Samples.Agreement.Caption);
        var line = Assert.IsType<Line>(ScalingCurves.Of("seconds", ("f", "slow", 9, Samples.Around(1, 0)),
            ("f", "fast", 3, Samples.Around(2, 1))).Marks[0]);
        Assert.Equal([3, 9], line.X);
        Assert.Equal(["fast", "slow"], line.Texts!);
        Assert.Equal([1, 1], line.Intervals!.Select(i => i.Low));
    }

    [Fact]
    public void Beside_all_compute_stands_its_critical_path_which_is_shorter_only_where_parts_train_at_the_same_time()
    {
        Assert.Equal(Samples.Flops.Caption, Samples.Paths.Left.Caption);
        Line Curve(Figure figure, string arm) => figure.Marks.OfType<Line>().Single(l => l.Name == arm);
        Assert.Equal(Curve(Samples.Paths.Left, "Transformer").X, Curve(Samples.Paths.Right, "Transformer").X);
        var (all, path) = (Curve(Samples.Paths.Left, "shallow"), Curve(Samples.Paths.Right, "shallow"));
        Assert.All(all.X.Zip(path.X), x => Assert.Equal(0.4 * x.First, x.Second, 1e-9));
        Assert.Equal(all.Y, path.Y);
        Assert.Contains("after 0.38 x 10¹² FLOPs of critical path; ", Samples.Paths.Right.Caption);
    }

    [Fact]
    public void A_front_holds_what_nothing_dominates_from_the_cheapest()
    {
        Assert.Equal(["b", "d", "e"], Front(("e", 9, 1), ("a", 1, 5), ("b", 1, 4), ("c", 3, 4), ("d", 4, 2),
            ("f", 9, 2)));
        Assert.Equal(["a", "b"], Front(("a", 1, 1), ("b", 1, 1)));   // equals dominate neither
        Assert.Equal(["a"], Front(("a", 1, 1), ("b", 2, 1), ("c", 1, 2)));
        Assert.Empty(Front());

        static IEnumerable<string> Front(params (string Name, double Cost, double Excess)[] items) =>
            ParetoFronts.Front(items, i => (i.Cost, i.Excess)).Select(i => i.Name);
    }

    /// <summary>Small whole numbers, so that many points are equal in one coordinate or both.</summary>
    [Property]
    public void No_point_of_a_front_is_dominated_and_every_other_point_is_by_one_of_it((byte, byte)[] drawn)
    {
        var points = drawn.Select((p, id) => (Id: id, Cost: p.Item1 % 8, Excess: p.Item2 % 8)).ToList();
        var front = ParetoFronts.Front(points, p => (p.Cost, p.Excess));
        bool Dominates((int, int Cost, int Excess) a, (int, int Cost, int Excess) b) =>
            a.Cost <= b.Cost && a.Excess <= b.Excess && (a.Cost, a.Excess) != (b.Cost, b.Excess);
        Assert.DoesNotContain(front, p => points.Any(other => Dominates(other, p)));
        Assert.All(points.Except(front), p => Assert.Contains(front, better => Dominates(better, p)));
        Assert.Equal(front.OrderBy(p => p.Cost), front);
    }

    [Fact]
    public void Pareto_fronts_say_which_arms_are_on_the_front_of_each_cost_and_draw_its_border()
    {
        Assert.Equal("On the front of excess against parameters, from the cheapest: ALBERT, all 0.113, 2 layers 0.081, "
            + "shared, wide 0.068. "
            + "On the front of excess against FLOPs a token, from the cheapest: 1 layer 0.185, 2 layers 0.081, 4 "
                + "layers 0.073, shared, wide 0.068.",
            Samples.Fronts.Caption);
        var pair = ParetoFronts.Of("a", "b", ("cheap", 1, 1, Samples.Around(3, 1)),
            ("good", 2, 2, Samples.Around(2, 0)), ("bad", 4, 0.5, Samples.Around(5, 0)));
        var border = Assert.IsType<Line>(pair.Left.Marks[1]);
        Assert.Equal([(1, 5), (1, 3), (2, 3), (2, 2), (4, 2)], border.X.Zip(border.Y));
        Assert.Equal(["cheap", "good", "bad"], pair.Left.Marks.OfType<Dots>().Select(d => d.Texts!.Single()));
        Assert.Equal([2, 2, 5], pair.Right.Marks.OfType<Dots>().Select(d => d.Intervals!.Single().Low));
    }

    [Fact]
    public void A_replacement_is_the_geometric_mean_of_its_seeds_or_a_bound_of_it_if_one_seed_is_a_bound()
    {
        var figure = ReplacementCost.Of("FLOPs", ("halved", [new(0.25), new(1)]),
            ("missed", [new(2), new(8, Censoring.Above), new(4, Censoring.Above)]),
            ("scratch missed", [new(0.1, Censoring.Below)]));
        Assert.Equal(["0.5", "> 4", "< 0.1"], figure.Y.Notes!);
        Assert.Equal("halved takes 0.5 of the FLOPs of training from scratch; missed takes > 4 of the FLOPs of "
            + "training "
            + "from scratch, 2 of 3 did not reach it; scratch missed takes < 0.1 of the FLOPs of training from "
            + "scratch.", figure.Caption);
        var seeds = figure.Marks.OfType<Points>().Where(p => p.Intervals is null).ToDictionary(p => p.Censoring);
        Assert.Equal([0, 0, 1], seeds[Censoring.None].Rows);
        Assert.Equal([8, 4], seeds[Censoring.Above].Values);
        Assert.Equal([2], seeds[Censoring.Below].Rows);
        Assert.Equal(["1: from scratch"], figure.Marks.OfType<Reference>().Select(r => r.Name));
    }

    [Fact]
    public void A_replacement_of_four_seeds_has_an_interval_around_its_mean_and_no_bar()
    {
        var figure = ReplacementCost.Of("tokens", ("body", [new(0.4), new(0.5), new(0.4), new(0.5)]));
        Assert.Empty(figure.Marks.OfType<Bars>());
        var interval = figure.Marks.OfType<Points>().Single(p => p.Intervals is not null).Intervals!.Single();
        Assert.Equal(Math.Sqrt(0.2), interval.Value, 1e-9);
        Assert.Equal(interval.Value / interval.Low, interval.High / interval.Value, 1e-9);
        Assert.Equal("95 % interval over 4 seeds", figure.XTitle.Split('\n')[1]);
    }

    [Fact]
    public void Each_bar_of_a_model_has_the_colour_of_that_model_in_other_figures()
    {
        string[] models = ["RNN", "GRU", "Transformer"];
        var bars = ExcessBars.Of(models.Select(m => (m, (Spread)Samples.Around(1, 0.1))));
        var frame = Frame.Of(bars)[0];
        var lines = Frame.Of(ScalingCurves.Of("tokens",
            models.Select(m => (m, m, 1.0, (Spread)Samples.Around(1, 0.1)))))
            [0].Series.Select(s => s.Colour);
        Assert.Equal(lines, frame.Colours(bars.Marks.OfType<Bars>().Single(), frame.Series[0]));
        Assert.Equal(3, lines.Distinct().Count());
    }

    [Fact]
    public void Arms_of_fewer_than_four_seeds_are_hollow_and_not_on_the_front()
    {
        var pair = ParetoFronts.Of("a", "b", ("judged", 2, 2, Spread.OfRange([2, 2.1, 2, 2.1])),
            ("shown", 1, 1, Spread.OfRange([1, 1.2])));
        Assert.Equal("On the front of excess against a, from the cheapest: judged 2.050; hollow marks have fewer than "
            + "four seeds and no place on it.", pair.Left.Caption);
        Assert.Equal([false, true], pair.Left.Marks.OfType<Dots>().Select(d => d.Hollow));
        Assert.Equal([true, false], pair.Left.Marks.OfType<Dots>().Select(d => d.Intervals is not null));
    }

    [Fact]
    public void A_power_law_is_a_straight_line_whose_slope_is_told_as_what_a_doubling_does()
    {
        var law = ScalingCurves.Of("tokens", from n in (double[])[1, 2, 4, 8]
            select ("f", $"{n}", n, (Spread)Samples.Around(0.5 * Math.Pow(n, -1), 0.01)));
        Assert.True(law.X.Log && law.Y.Log);
        Assert.Equal("A doubling of the tokens multiplies the excess by 0.50.", law.Finding);
        var fit = law.Marks.OfType<Line>().Single(line => line.Bare);
        Assert.Equal([0.5, 0.0625], fit.Y, (a, b) => Math.Abs(a - b) < 1e-9);
        var layers = ScalingCurves.Of("layers", from n in (double[])[1, 2, 3, 4]
            select ("f", "", n, (Spread)Samples.Around(0.5 / n, 0.01)));
        Assert.True(layers.X is { Log: false, Whole: true } && !layers.Y.Log);
        Assert.DoesNotContain(layers.Marks.OfType<Line>(), line => line.Bare);
        var below = ScalingCurves.Of("tokens", ("f", "a", 1, Samples.Around(-0.1, 0.01)));
        Assert.False(below.Y.Log);
        Assert.Contains(below.Marks, m => m is Reference);
    }

    [Fact]
    public void Calibration_says_how_many_beliefs_each_point_counts_and_which_miss_the_diagonal()
    {
        var figure = CalibrationCurves.Of(("exact", [new(0.5, 0.52, 100)]), ("rash", [new(0.9, 0.6, 100)]));
        Assert.Equal("Furthest from the diagonal: exact 0.02 (0 of 1 intervals miss it), rash 0.30 (1 of 1 intervals "
            + "miss it).", figure.Finding);
        Assert.Equal(["100"], figure.Marks.OfType<Line>().First().Texts!);
        Assert.Equal(Interval.OfShare(52, 100), (Interval)figure.Marks.OfType<Line>().First().Intervals![0]);
        Assert.EndsWith("95 % interval over beliefs", figure.YTitle);
    }

    [Fact]
    public void A_chart_without_data_is_refused_in_one_sentence()
    {
        Refused("\"Loss against tokens seen\" has nothing to draw.", () => LossCurves.Of([], 2));
        Refused("GRU has no values.", () => LossCurves.Of([new Curve("GRU", [], [])], 2));
        Refused("excess has no values.", () => ExcessBars.Of([]));
        Refused("share has no values.", () => ShareBars.Of([]));
        Refused("\"Excess over the entropy of the language\" has nothing to draw.", () => ExcessBands.Of([]));
        Refused("one seed has no values.", () => PairedDifferences.Of([]));
        Refused("model has no values.", () => CalibrationCurves.Of(("model", [])));
        Refused("language has no values.", () => NextWordBars.Of([], [], [], "the"));
        Refused("\"Word vectors, coloured by category\" has nothing to draw.", () =>
            EmbeddingMap.Of("category", (0.5, 0.2)));
        Refused("attention weight has no values.", () => AttentionMap.Of([], new double[0, 0]));
        Refused("\"Excess (nats per token) against tokens\" has nothing to draw.", () => ScalingCurves.Of("tokens"));
        Refused("\"Agreement against depth\" has nothing to draw.", () => AgreementCurves.Of("agreement", "depth"));
        Refused("\"Excess against a\" has nothing to draw.", () => ParetoFronts.Of("a", "b"));
        Refused("geometric mean has no values.", () => ReplacementCost.Of("tokens"));
        Refused("body has no values.", () => ReplacementCost.Of("tokens", ("body", [])));
    }

    [Fact]
    public void Data_that_do_not_fit_together_are_refused_in_one_sentence()
    {
        Refused("GRU has 1 values on one side and 2 on the other.", () =>
            LossCurves.Of([new Curve("GRU", [1], [3, 2])], 2));
        Refused("model has 1 rows for 2 names.", () => NextWordBars.Of(["a", "b"], [0.1, 0.2], [0.1], "the"));
        Refused("attention weight has 2 rows and 2 columns for 1 and 1 names.", () =>
            AttentionMap.Of(["a"], new double[2, 2]));
        Refused("Position 0 looks at a later one: attention of a language model is causal.", () =>
            AttentionMap.Of(["a", "b"], new[,] { { 0.5, 0.5 }, { 0.5, 0.5 } }));
        Refused("The weights of position 1 are no shares that sum to 1.", () =>
            AttentionMap.Of(["a", "b"], new[,] { { 1, 0 }, { 0.5, 0.6 } }));
        Refused("The shares of the variance are not between 0 and 1 together: give them as shares of all of it, not in "
            + "per cent.",
            () => EmbeddingMap.Of("kind", (31, 18), ("a", "b", 0, 0)));
        Refused("x has 1 values on one side and 2 on the other.", () =>
            new Figure("f", new Axis("t"), new Axis("y"), [new Dots("x", [0], [1]) { Texts = ["a", "b"] }], ""));
        Refused("body has bounds on both sides: choose a target that one of the two reaches in every seed.",
            () => ReplacementCost.Of("tokens", ("body", [new(2, Censoring.Above), new(0.5, Censoring.Below)])));
        Refused("seeds has 3 rows for 2 names.", () =>
            new Figure("f", new Axis("x"), new Axis("", Categories: ["a", "b"]), [new Points("seeds", [1], [2])], ""));
        Refused("\"Next word after \"the old cat\"\" and \"Loss against tokens seen\" do not have the same y axis of "
            + "numbers: show them one after the other.",
            () => new FigurePair(Samples.NextWord, Samples.Loss));
        Refused("A probability of a next word is not between 0 and 1.", () =>
            NextWordBars.Of(["a"], [1.2], [0.1], "the"));
    }

    [Fact]
    public void Numbers_that_cannot_be_drawn_are_refused_in_one_sentence()
    {
        Refused("GRU has a value that is not a finite number (loss (nats per token)).", () =>
            LossCurves.Of([new Curve("GRU", [1, 2], [3, double.NaN])], 2));
        Refused("excess has a value that is not a finite number (excess (nats per token)).", () =>
            ExcessBars.Of(("GRU", Samples.Around(double.PositiveInfinity, 0))));
        Refused("f has a value of 0 or less on a logarithmic axis (tokens).", () =>
            ScalingCurves.Of("tokens", ("f", "a", 0, Samples.Around(1, 0))));
        Refused("trigram has a cost that is not above 0: leave it out.", () =>
            ParetoFronts.Of("a", "b", ("trigram", 1, 0, Samples.Around(1, 0))));
        Refused("one seed has a value of 0 or less on a logarithmic axis (tokens, divided by those of training "
            + "from scratch).",
            () => ReplacementCost.Of("tokens", ("body", [new(0)])));
        Refused("attention weight has a value that is not a finite number.", () =>
            AttentionMap.Of(["a"], new[,] { { double.NaN } }));
        Refused("x has a value of 0 or less on a logarithmic axis (t).", () =>
            new Figure("f", new Axis("t", Log: true), new Axis("y"), [new Line("x", [0], [1])], ""));
    }

    [Fact]
    public void A_run_measured_before_its_first_token_is_drawn_on_a_linear_axis() =>
        Assert.False(LossCurves.Of([new Curve("GRU", [0, 10], [4, 3])], 2).X.Log);

    /// <summary>Whatever the numbers, both renderers draw: no axis of zero length, no label out of range.</summary>
    [Property]
    public void Any_finite_excess_can_be_drawn(NormalFloat mean, NonNegativeInt width)
    {
        var figure = ExcessBars.Of(("model", Samples.Around(mean.Get % 1e6, width.Get / 100.0)));
        Assert.Contains("\"range\"", PlotlyRenderer.ToJson(figure));
        Assert.DoesNotContain("NaN", SvgRenderer.ToSvg(figure));
    }

    private static void Refused(string sentence, Func<Graphic> draw) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(draw).Message);
}
