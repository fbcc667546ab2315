using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using TorchSharp;

namespace LmNotebooks.Tests.Experiments;

[Collection(nameof(Alone))]
public sealed class RunnerTests : IDisposable
{
    private readonly Small.Folder folder = new();

    /// <summary>Tuned like the laptop scale, since it has its name, but over in a moment.</summary>
    private static readonly Scale Tuned = Small.Scale with { Name = Scale.Laptop.Name, TrainTokens = 600,
        TestDocuments = 5 };
    private static readonly Scale Untuned = Tuned with { Name = "Small" };

    private static Experiment Two(params int[] seeds) => new("two", "Which?", new Texts("tiny"),
        [new Counted("bigram", 2), new Trained("Transformer", new Joint())],
            [new("learning", "Training beats counting.", "Transformer", "bigram")])
    {
        Seeds = seeds.Length == 0 ? [11, 12] : seeds,
    };

    public void Dispose() => folder.Dispose();

    private RunStore Store(string name = "store") => new(folder.File(name));

    [Fact]
    public async Task Losses_are_equal_to_the_last_bit_with_one_two_and_four_jobs()
    {
        var alone = Small.Losses(await new Runner(Two(), Untuned, Store("1")) { Jobs = 1 }.RunAsync());
        Assert.Equal(alone, Small.Losses(await new Runner(Two(), Untuned, Store("2")) { Jobs = 2 }.RunAsync()));
        Assert.Equal(alone, Small.Losses(await new Runner(Two(), Untuned, Store("4")) { Jobs = 4 }.RunAsync()));
    }

    [Fact]
    public async Task Runs_made_one_by_one_in_any_order_are_those_of_the_whole_experiment()
    {
        var whole = Small.Losses(await new Runner(Two(), Untuned, Store("whole")).RunAsync());
        var single = new Runner(Two(), Untuned, Store("single"));
        foreach (var number in Two().Runs(Untuned).Select(r => r.Number).Reverse()) await single.RunAsync(number);
        Assert.Equal(whole, Small.Losses(Store("single").Read("two", Untuned.Name)));
    }

    [Fact]
    public async Task A_finished_run_is_not_made_again_and_a_failed_or_missing_one_is()
    {
        await new Runner(Two(), Untuned, Store()).RunAsync();
        var files = Directory.GetFiles(folder.File("store/two/small")).Order().ToList();
        Assert.Equal(4, files.Count);
        var written = files.Select(File.ReadAllText).ToList();
        File.Delete(files[0]);
        File.WriteAllText(files[3], written[3].Replace("\"error\":null", "\"error\":\"out of memory\""));
        await new Runner(Two(), Untuned, Store()).RunAsync();
        Assert.Equal(written[1..3], files[1..3].Select(File.ReadAllText));
        Assert.All(Store().Read("two", "small"), r => Assert.True(r.Finished));
    }

    [Fact]
    public async Task An_arm_of_twice_the_tokens_reads_twice_the_text_and_is_tested_on_the_same()
    {
        var twice = new Trained("twice", new Joint()) { At = scale =>
            scale with { TrainTokens = 2 * scale.TrainTokens } };
        var runs = await new Runner(Two(11) with { Arms = [new Trained("once", new Joint()), twice], Hypotheses = [] },
            Untuned, Store()).RunAsync();
        Assert.InRange(runs[1].Result!.Tokens, 1.9 * runs[0].Result!.Tokens, 2.1 * runs[0].Result!.Tokens);
        Assert.Equal(runs[0].Result!.Measures[Experiment.Floor], runs[1].Result!.Measures[Experiment.Floor]);
        Assert.NotEqual(runs[0].Header.DataHash, runs[1].Header.DataHash);   // no text is read twice
    }

    [Fact]
    public async Task Only_the_arms_that_are_named_run_and_a_name_that_there_is_not_is_refused()
    {
        var runs = await new Runner(Two(), Untuned, Store()) { Arms = ["bigram"] }.RunAsync();
        Assert.Equal(["bigram", "bigram"], runs.Select(r => r.Header.Arm));
        Assert.Equal(2, (await new Runner(Two(), Untuned, Store()) { Arms = ["Bigram"] }.RunAsync()).Count);
        Assert.Equal(2, Store().Read("two", "small").Count);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            new Runner(Two(), Untuned, Store()) { Arms = ["bigram", "trigram"] }.RunAsync());
        Assert.Equal("two has no arm 'trigram': it has bigram; Transformer.", refused.Message);
    }

    [Fact]
    public async Task A_run_that_another_definition_made_is_made_again()
    {
        await new Runner(Two(), Untuned, Store()).RunAsync();
        var first = Store().Read("two", "small");
        var larger = Two() with { Arms = [Two().Arms[0],
            new Trained("Transformer", new Joint()) { Size = c => c with { Width = 2 * c.Width } }] };
        await new Runner(larger, Untuned, Store()).RunAsync();
        var second = Store().Read("two", "small");
        Assert.Equal(first.Take(2).Select(r => r.Header.Started), second.Take(2).Select(r => r.Header.Started));
        Assert.All(second.Skip(2).Zip(first.Skip(2)), pair =>
            Assert.True(pair.First.Result!.Parameters > pair.Second.Result!.Parameters));
    }

    [Fact]
    public async Task A_counting_arm_of_another_smoothing_makes_another_model()
    {
        Experiment Of(Smoothing smoothing) => Two() with { Arms =
            [new Counted("bigram", 2) { Smoothing = smoothing }, Two().Arms[1]] };
        var wittenBell = (await new Runner(Of(Smoothing.WittenBell), Untuned, Store()).RunAsync())[0];
        var kneserNey = (await new Runner(Of(Smoothing.KneserNey), Untuned, Store()).RunAsync())[0];
        Assert.NotEqual(wittenBell.Header.Started, kneserNey.Header.Started);
        Assert.NotEqual(wittenBell.Result!.Measures[Experiment.Excess], kneserNey.Result!.Measures[Experiment.Excess]);
    }

    [Fact]
    public async Task The_rate_is_the_one_that_was_best_on_the_tuning_seeds_and_they_test_nothing()
    {
        await new Runner(Two(), Tuned, Store()).RunAsync();
        var records = Store().Read("two", Tuned.Name);
        var tried = records.Where(r => r.Header.TriedRate is not null).GroupBy(r => r.Header.TriedRate!.Value).ToList();
        Assert.InRange(tried.Count, 4, 6);
        Assert.All(tried, rate => Assert.Equal([1, 2], rate.Select(r => r.Header.Seed)));
        var best = tried.MinBy(rate => rate.Average(r => r.Result!.Measures[Experiment.Excess]))!.Key;
        var tests = records.Where(r => r.Header is { TriedRate: null, Arm: "Transformer" }).ToList();
        Assert.Equal([11, 12], tests.Select(r => r.Header.Seed));
        Assert.All(tests, r => Assert.Equal(best, (double)r.Header.Config["arm"]!["schedule"]!["peak"]!));
    }

    [Fact]
    public async Task Where_the_best_rate_of_other_code_was_at_an_end_of_the_grid_the_grid_is_made_again_first_and_nothing_beyond_it()
    {
        await new Runner(Two(), Tuned, Store()).RunAsync();
        var grid = Two().Runs(Tuned).Where(r => r.Trial is RateTrial { Factor: 0.5 or 1 or 2 or 4 }).Select(r => r.Number).ToHashSet();
        foreach (var file in Directory.GetFiles(folder.File("store/two/laptop")))
            if (RunFile.Read(file) is { Header.Number: { } number } record && grid.Contains(number))
                File.WriteAllText(file, File.ReadAllText(file).Replace(record.Header.SourceHash, "other")
                    .Replace("\"excess\":", record.Header.TriedRate > 3 * Tuned.Schedule.Peak ? "\"excess\":-"
                    : "\"excess\":"));
        var first = new Runner(Two(), Tuned, Store()).Missing().TakeWhile(r => r.IsTuning).ToList();
        Assert.Equal(grid, first.Select(r => r.Number).ToHashSet());
    }

    [Fact]
    public async Task A_test_run_asked_for_before_its_tuning_says_which_run_to_make_first()
    {
        var last = Two().Runs(Tuned)[^1].Number;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new Runner(Two(), Tuned, Store())
            .RunAsync(last));
        Assert.Equal("two has not tuned Transformer yet: make run 0 first, or the whole experiment.", refused.Message);
        Assert.Contains("its runs are 0 to", (await Assert.ThrowsAsync<ArgumentException>(() =>
            new Runner(Two(), Tuned, Store()).RunAsync(last + 1))).Message);
    }

    [Fact]
    public async Task A_run_that_fails_is_recorded_with_its_error_and_the_others_go_on()
    {
        var broken = Two() with { Arms = [Two().Arms[0],
            new Trained("Transformer", new Joint()) { Size = c => c with { Heads = 3 } }] };
        var records = await new Runner(broken, Untuned, Store()).RunAsync();
        Assert.All(records, r => Assert.Equal(r.Header.Arm == "bigram", r.Finished));
        Assert.Contains(records, r => r.Result!.Error?.Contains("Heads 3") == true);
    }

    [Fact]
    public async Task A_rate_that_diverged_has_been_tried_and_is_not_tried_again()
    {
        var broken = Two() with { Arms = [Two().Arms[0], new Trained("Transformer", new Diverging())] };
        var records = await new Runner(broken, Tuned, Store()).RunAsync();
        Assert.All(records, r => Assert.Equal(r.Header.Arm == "Transformer", r.Result!.Diverged));
        var missing = new Runner(broken, Tuned, Store()).Missing();
        Assert.All(missing, r => Assert.Equal((RunState.Failed, false), (r.State, r.IsTuning)));
        Assert.Equal(2, missing.Count);
    }

    [Fact]
    public async Task An_error_that_is_no_divergence_says_nothing_of_a_rate_and_its_run_is_made_again()
    {
        var broken = Two() with { Arms = [Two().Arms[0],
            new Trained("Transformer", new Joint()) { Size = c => c with { Heads = 3 } }] };
        var records = await new Runner(broken, Tuned, Store()).RunAsync();
        var failed = records.Where(r => !r.Finished).ToList();
        Assert.Equal(["Transformer", "Transformer"], failed.Select(r => r.Header.Arm));
        Assert.All(failed, r => Assert.StartsWith("What tuning chooses is not known, since run 0 failed: ",
            r.Result!.Error));
        var missing = new Runner(broken, Tuned, Store()).Missing();
        Assert.All(missing, r => Assert.Equal(RunState.Failed, r.State));
        Assert.Equal((4 * 2, 2), (missing.Count(r => r.IsTuning), missing.Count(r => !r.IsTuning)));
        await new Runner(Two(), Tuned, Store()).RunAsync();
        Assert.Empty(new Runner(Two(), Tuned, Store()).Missing());
    }

    /// <summary>Its loss is no number from the first step on.</summary>
    private sealed record Diverging : IStrategy
    {
        public string Name => "diverging";

        public Model Build(ModelConfig config, torch.Generator generator) => new Joint().Build(config, generator);

        public IReadOnlyList<Stage> Stages(Model model, Plan plan) =>
            [new("diverging", new CausalLm(), model.Parts,
                plan.Tokens) { Schedule = new() { Peak = double.MaxValue } }];
    }

    [Fact]
    public async Task Progress_names_each_run_once_when_it_has_its_record_and_what_is_left_falls_to_nothing()
    {
        var ended = new List<ExperimentProgress>();
        await new Runner(Two(), Untuned, Store()) { Jobs =
            1 }.RunAsync(new Progress(p => { if (p.Ended is not null) ended.Add(p); }));
        Assert.Equal([1, 2, 3, 4], ended.Select(p => p.Done));
        Assert.Equal([0, 1, 2, 3], ended.Select(p => p.Ended!.Number).Order());
        Assert.All(ended, p => Assert.Equal(4, p.Of));
        Assert.True(ended[^1].Remaining < TimeSpan.FromMilliseconds(1) && ended[0].Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task With_nothing_to_do_each_record_is_read_once_and_one_that_has_changed_is_read_again()
    {
        await new Runner(Two(), Tuned, Store()).RunAsync();
        var counting = new CountingStore(folder.File("store"));
        var files = Directory.GetFiles(folder.File("store/two/laptop"));
        var runner = new Runner(Two(), Tuned, counting);
        Assert.Empty(runner.Missing());
        await runner.RunAsync();
        Assert.Equal(files.Order(), counting.Opened.Order());
        File.AppendAllText(files[0], "\n");
        Assert.Empty(runner.Missing());
        Assert.Equal(files.Length + 1, counting.Opened.Count);
    }

    private sealed class CountingStore(string folder) : RunStore(folder)
    {
        public List<string> Opened { get; } = [];

        protected internal override RunRecord? Load(string path)
        {
            lock (Opened) Opened.Add(path);
            return base.Load(path);
        }
    }

    [Fact]
    public async Task A_record_that_was_never_written_counts_as_missing_and_is_made_again()
    {
        await new Runner(Two(), Untuned, Store()).RunAsync();
        var files = Directory.GetFiles(folder.File("store/two/small")).Order(StringComparer.Ordinal).ToList();
        File.WriteAllText(files[0], "");
        File.WriteAllBytes(files[3], new byte[4096]);
        var runner = new Runner(Two(), Untuned, Store());
        Assert.Equal([0, 3], runner.Missing().Select(r => r.Number));
        Assert.Equal(2, Store().Read("two", "small").Count);
        Assert.All(await runner.RunAsync(), r => Assert.True(r.Finished));
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_ended_and_a_second_call_makes_the_rest()
    {
        using var stop = new CancellationTokenSource();
        RunHost.Current = new RunHost(null, stop.Token);
        var progress = new Progress(p => { if (p.Done == 2) stop.Cancel(); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new Runner(Two(), Untuned, Store()) { Jobs = 1 }.RunAsync(progress));
        Assert.Equal(2, Store().Read("two", "small").Count);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part", SearchOption.AllDirectories));
        RunHost.Current = new RunHost(null, CancellationToken.None);
        Assert.Equal(4, (await new Runner(Two(), Untuned, Store()).RunAsync()).Count);
    }

    [Fact]
    public async Task Two_runners_on_one_store_share_the_work_and_neither_breaks_a_record()
    {
        var (a, b) = (new Runner(Two(11, 12, 13), Untuned, Store()), new Runner(Two(11, 12, 13), Untuned, Store()));
        var both = await Task.WhenAll(a.RunAsync(), b.RunAsync());
        Assert.Equal(Small.Losses(both[0]), Small.Losses(both[1]));
        Assert.Equal(6, Store().Read("two", "small").Count);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.lock", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_taken_away_and_the_claim_of_a_living_one_is_not()
    {
        await new Runner(Two(), Untuned, Store()).RunAsync();
        var records = Directory.GetFiles(folder.File("store/two/small")).Order(StringComparer.Ordinal).ToList();
        File.WriteAllText(records[0] + ".lock", "");   // killed after the record was whole
        File.WriteAllText(records[1] + ".lock", "");
        File.WriteAllText(records[1] + ".part", "half");
        using (new FileStream(records[2] + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await new Runner(Two(), Untuned, Store()).RunAsync();
            Assert.Equal([.. records, records[2] + ".lock"], Directory.GetFiles(folder.File("store/two/small"))
                .Order(StringComparer.Ordinal).OrderBy(f => f.EndsWith(".lock")));
        }
    }

    [Fact]
    public void The_cost_counts_the_runs_that_are_missing()
    {
        var runner = new Runner(Two(), Tuned, Store());
        var cost = runner.Cost(runner.Missing());
        Assert.Equal((12, 12 * 600L), (cost.Runs, cost.Tokens));   // 4 rates x 2 seeds, and 2 arms x 2 seeds
        Assert.True(cost.CoreMinutes > 0);
    }

    private sealed class Progress(Action<ExperimentProgress> on) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => on(value);
    }
}
