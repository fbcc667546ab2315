using System.Diagnostics;
using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Kernel;

/// <summary>All runs of an experiment at the smallest scale, made once by the command, undisturbed.</summary>
public sealed class MadeExperiment : IAsyncLifetime
{
    public KitFolder Kit { get; } = new();
    internal (int Code, string Out, string Error) Ran { get; private set; }

    public async ValueTask InitializeAsync() =>
        Ran = await Kit.Lm.RunAsync("experiment", "language-models", "--scale", "Ci");

    public ValueTask DisposeAsync()
    {
        Kit.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The commands about experiments and their records, as a shell sees them.</summary>
public sealed class ExperimentCommandTests(MadeExperiment made) : IClassFixture<MadeExperiment>, IDisposable
{
    private static readonly string[] All = ["experiment", "language-models", "--scale", "Ci"],
        TwoSeeds = [.. All, "--seeds", "2"];

    private static readonly IReadOnlyList<PlannedRun> Planned = Course.Named("language-models").Runs(Scale.Ci);

    /// <summary>How many runs the experiment has, and how many of them are on its first two seeds.</summary>
    private static readonly int Whole = Planned.Count, OfTwoSeeds = Planned.Count(r => r.Seed <= 22);

    /// <summary>The Transformer's second run.</summary>
    private static readonly PlannedRun One = Planned.First(r => r.Arm.Name == "Transformer" && r.Seed == 22);

    private readonly KitFolder kit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => kit.Dispose();

    private string Undisturbed(IEnumerable<RunRecord> of) =>
        Small.Losses(made.Kit.Records.Where(r => of.Any(o => o.Header.Number == r.Header.Number)));

    private static async Task UntilAsync(Func<bool> condition, Process process)
    {
        for (var clock = Stopwatch.StartNew(); !condition() && !process.HasExited; await Task.Delay(1, Token))
            Assert.True(clock.Elapsed < Patience.Event);
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync(Token);
    }

    [Theory]
    [InlineData("experiment", "lm experiment language-models --dry-run")]
    [InlineData("records", "lm records --stale")]
    [InlineData("reproduce", "lm reproduce --new-seeds")]
    [InlineData("plots", "lm plots --out")]
    public async Task Help_has_an_example(string command, string example)
    {
        var ran = await kit.Lm.RunAsync(command, "--help");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains(example, ran.Out);
    }

    [Theory]
    [InlineData(2, "There is no experiment 'nope': it is one of ", "experiment", "nope")]
    [InlineData(2, "There is no experiment 'nope': it is one of ", "reproduce", "nope")]
    [InlineData(2, "There is no scale 'Huge'", "experiment", "language-models", "--scale", "Huge")]
    [InlineData(2, "--jobs is a whole number from 1, not '0'.", "experiment", "language-models", "--jobs", "0")]
    [InlineData(2, "--run is a whole number from 0, not 'x'.", "experiment", "language-models", "--run", "x")]
    [InlineData(2, "--run excludes --seeds and --dry-run.", "experiment", "language-models", "--run", "1", "--dry-run")]
    [InlineData(1, "language-models has 8 seeds", "experiment", "language-models", "--seeds", "9")]
    [InlineData(2, "--seeds is a whole number from 1, not 'x'.", "reproduce", "language-models", "--seeds", "x")]
    [InlineData(2, "--arms needs the experiment whose arms they are.", "reproduce", "--arms", "trigram")]
    [InlineData(1, "its runs are 0 to ", "experiment", "language-models", "--run", "1000")]
    [InlineData(1, "has not tuned Transformer yet: make run 0 first", "experiment",
        "language-models", "--run", "48")]
    [InlineData(1, "the budget is 40: say --over-budget", "experiment", "language-models", "--scale", "Gpu")]
    [InlineData(1, "The real text has 400 blocks to test a seed on, and not 2000: take a smaller scale.", "experiment",
        "real-text", "--scale", "Gpu", "--over-budget")]
    [InlineData(1, "There are no committed records of any experiment at Ci", "reproduce", "--scale", "Ci")]
    [InlineData(1, "There are no committed records at Laptop to draw", "plots")]
    public async Task What_cannot_be_is_refused_in_one_sentence_and_nothing_is_made(int code, string words,
        params string[] args)
    {
        await kit.Lm.RefusesAsync(code, words, args);
        Assert.Empty(kit.Records);
    }

    [Fact]
    public async Task Without_a_name_the_experiments_are_listed()
    {
        var ran = await kit.Lm.RunAsync("experiment");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        foreach (var experiment in Course.All)
        {
            var line = Assert.Single(ran.Out.Split('\n'), l => l.Contains($" {experiment.Name} "));
            Assert.Contains(experiment.Question, line);
            Assert.EndsWith($" {new Runner(experiment, Scale.Laptop, kit.Store).Needed().Count} 0",
                string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Fact]
    public async Task A_dry_run_says_what_is_missing_and_what_it_costs_and_makes_nothing()
    {
        kit.Copy(made.Kit.Store);
        foreach (var file in Directory.GetFiles(kit.Store.Folder, "*-trigram.jsonl", SearchOption.AllDirectories))
            File.Delete(file);
        var ran = await kit.Lm.RunAsync([.. All, "--dry-run", "--jobs", "1"]);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains($"8 of {Whole} runs, 240,000 training tokens", ran.Out);
        var runner = new Runner(Course.Named("language-models"), Scale.Ci, kit.Store);
        var minutes = runner.Cost(runner.Needed()).CoreMinutes;
        Assert.Contains(FormattableString.Invariant($"budget    {minutes:F1} of 40 core-minutes"), ran.Out);
        Assert.Equal(Whole - 8, kit.Records.Count);
    }

    [Fact]
    public async Task Above_the_budget_the_costs_are_said_and_refused_unless_they_are_meant()
    {
        var refused = await kit.Lm.RunAsync("experiment", "language-models", "--scale", "Gpu", "--dry-run");
        Assert.Equal(1, refused.Code);
        Assert.Contains($"{Whole} of {Whole} runs", refused.Out);
        Assert.Contains("--over-budget", Assert.Single(refused.Error.TrimEnd().Split('\n')));
        Assert.Equal(0, (await kit.Lm.RunAsync("experiment", "language-models", "--scale", "Gpu", "--dry-run",
            "--over-budget")).Code);
    }

    [Fact]
    public void It_says_each_run_that_ends_then_the_arms_and_the_verdicts()
    {
        Assert.Equal((0, ""), (made.Ran.Code, made.Ran.Error));
        Assert.Equal(Whole, made.Ran.Out.Split('\n')
            .Count(l => l.StartsWith("language-models: ") && l.Contains(" excess ")));
        Assert.Contains($"language-models: {Whole} of {Whole}, Transformer, text x 2, seed ", made.Ran.Out);
        var experiment = Course.Named("language-models");
        foreach (var (hypothesis, result) in experiment.Hypotheses.Zip(experiment.Judge(made.Kit.Records)))
            Assert.EndsWith($"{result.Verdict}".ToLowerInvariant(),
                Assert.Single(made.Ran.Out.Split('\n'), l => l.Contains(hypothesis.Claim)).TrimEnd());
        Assert.DoesNotContain("\e", made.Ran.Out);
    }

    [Fact]
    public async Task What_costs_are_compared_by_is_said_as_a_ratio()
    {
        kit.Copy(RunStore.Committed, "hierarchical");
        var ran = await kit.Lm.RunAsync("experiment", "hierarchical");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.DoesNotContain("Infinity", ran.Out);
        var experiment = Course.Named("hierarchical");
        foreach (var (hypothesis,
            result) in experiment.Hypotheses.Zip(experiment.Judge(experiment.Committed(Scale.Laptop)))
            .Where(h => h.First.Target is not null))
            Assert.Contains(FormattableString.Invariant($" x {Math.Exp(result.Difference.Value):0.0000} "),
                Assert.Single(ran.Out.Split('\n'), l => l.Contains(hypothesis.Claim)));
    }

    [Fact]
    public async Task With_fewer_seeds_there_is_no_verdict_and_what_is_there_is_not_made_again()
    {
        kit.Copy(made.Kit.Store);
        foreach (var file in Directory.GetFiles(kit.Store.Folder, "*.jsonl", SearchOption.AllDirectories)
            .Where(f => RunFile.Read(f).Header.Seed > 22)) File.Delete(file);
        var ran = await kit.Lm.RunAsync(TwoSeeds);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.DoesNotContain($" of {OfTwoSeeds}", ran.Out);
        Assert.Contains("No verdict: language-models has no finished run of bigram with seed 23", ran.Out);
    }

    [Fact]
    public async Task One_run_by_its_number_is_that_of_the_whole_experiment()
    {
        var ran = await kit.Lm.RunAsync([.. All, "--run", $"{One.Number}"]);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith($"language-models: run {One.Number}, {One}: excess ", ran.Out);
        Assert.Equal(Undisturbed(kit.Records), Small.Losses(kit.Records));
        Assert.Single(kit.Records);
    }

    [Fact]
    public async Task Killed_at_any_moment_and_started_again_it_makes_the_same_records()
    {
        var (moments, halfDone) = (new Random(1), 0);
        for (var kill = 0; kill < 4; kill++)
        {
            using var process = kit.Lm.Start(TwoSeeds);
            var written = moments.Next(1500);   // bytes of a record, some way into a run
            await UntilAsync(() => kit.HalfDone.Any(f => new FileInfo(f) is { Exists: true } part
                && part.Length >= written), process);
            process.Kill();
            await process.WaitForExitAsync(Token);
            halfDone += kit.HalfDone.Count;
        }
        Assert.True(halfDone > 0, "No kill met a run under way.");
        var ran = await kit.Lm.RunAsync(TwoSeeds);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(OfTwoSeeds, kit.Records.Count);
        Assert.Equal(Undisturbed(kit.Records), Small.Losses(kit.Records));
        Assert.Empty(kit.HalfDone);
    }

    [Fact]
    public async Task Control_c_keeps_what_had_ended_leaves_nothing_half_done_and_exits_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using var process = kit.Lm.Start(All);
        await process.StandardOutput.ReadLineAsync(Token);
        await InterruptAsync(process);
        var error = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token).WaitAsync(Patience.Event, Token);
        Assert.Equal((130, "Interrupted. The runs that had ended are kept, and the same command continues.\n"),
            (process.ExitCode, error));
        Assert.InRange(kit.Records.Count, 1, Whole - 1);
        Assert.Empty(kit.HalfDone);
        Assert.Equal(Undisturbed(kit.Records), Small.Losses(kit.Records));
        Assert.Equal(0, (await kit.Lm.RunAsync(TwoSeeds)).Code);
        Assert.Equal(OfTwoSeeds, kit.Records.Count(r => r.Header.Seed <= 22));
    }

    [Fact]
    public async Task Two_processes_on_one_store_share_the_work()
    {
        var both = await Task.WhenAll(kit.Lm.RunAsync(TwoSeeds), kit.Lm.RunAsync(TwoSeeds));
        Assert.All(both, ran => Assert.Equal((0, ""), (ran.Code, ran.Error)));
        Assert.Equal(OfTwoSeeds, kit.Records.Count);
        Assert.Equal(Undisturbed(kit.Records), Small.Losses(kit.Records));
        Assert.Empty(kit.HalfDone);
    }

    [Fact]
    public async Task Records_are_counted_and_the_stale_ones_listed_with_the_reason()
    {
        kit.Copy(made.Kit.Store);
        // of the first seed, whose runs are missed where they are not there
        var first = made.Kit.Records.Where(r => r.Header.Seed == made.Kit.Records[0].Header.Seed).ToList();
        var files = first.Select(r => Assert.Single(Directory.GetFiles(kit.Store.Folder,
            $"{r.Header.Number:000}-*.jsonl", SearchOption.AllDirectories))).ToList();
        void Change(int run, string was, string becomes)
        {
            var text = File.ReadAllText(files[run]);
            Assert.Contains(was, text);
            File.WriteAllText(files[run], text.Replace(was, becomes));
        }
        Change(0, $"\"sourceHash\":\"{made.Kit.Records[0].Header.SourceHash}\"", "\"sourceHash\":\"old\"");
        Change(1, $"\"definitionHash\":\"{first[1].Header.DefinitionHash}\"", "\"definitionHash\":\"old\"");
        Change(2, "\"error\":null", "\"error\":\"out of memory\"");
        File.Delete(files[3]);
        File.WriteAllBytes(files[4], []);
        File.WriteAllBytes(files[5], new byte[4096]);
        var counted = await kit.Lm.RunAsync("records");
        Assert.Equal((0, ""), (counted.Code, counted.Error));
        Assert.Matches($@" language-models +Ci +{Whole} +{Whole - 4} +1 +2 +3 +\d+ ", counted.Out);
        Assert.Matches(@"0\.0\d MB of at most 12 MB", counted.Out);
        var stale = (await kit.Lm.RunAsync("records", "--stale")).Out.Split('\n').Where(l => l.Contains("Ci")).ToList();
        Assert.Equal(["source changed", "definition changed", "failed", "missing", "missing", "missing"],
            stale.Select(l => l[(l.LastIndexOf(':') + 2)..]));
        Assert.StartsWith($"language-models, Ci, run {first[1].Header.Number}, {first[1].Header.Arm}, seed 21: ",
            stale[1]);
    }

    [Fact]
    public async Task Reproducing_says_that_the_same_runs_are_bit_equal_and_that_a_changed_loss_is_not()
    {
        kit.Copy(made.Kit.Store);
        var ran = await kit.Lm.RunAsync("reproduce", "language-models", "--scale", "Ci");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(Whole, ran.Out.Split("bit-equal").Length - 1);
        Assert.Contains($"all {Whole} runs agree.", ran.Out);
        var file = Directory.GetFiles(kit.Store.Folder, $"{One.Number:D3}-*", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"trainLoss\":3.", "\"trainLoss\":4."));
        var changed = await kit.Lm.RunAsync("reproduce", "language-models", "--scale", "Ci");
        Assert.Equal(1, changed.Code);
        Assert.DoesNotContain($" of {Whole}, ", changed.Out);   // nothing was made again
        Assert.Contains($"1 of {Whole} runs disagree.", changed.Out);
    }

    [Fact]
    public async Task Reproducing_with_new_seeds_takes_those_after_the_experiments_own()
    {
        kit.Copy(made.Kit.Store);
        await kit.Lm.RefusesAsync(1, "language-models has no arm 'quadgram': it has unigram; bigram; trigram; ",
            "reproduce", "language-models", "--scale", "Ci", "--arms", "trigram", "quadgram");
        await kit.Lm.RefusesAsync(1, "language-models has 8 seeds: --seeds is at most that.", "reproduce",
            "language-models", "--scale", "Ci", "--seeds", "9");
        var some = await kit.Lm.RunAsync("reproduce", "language-models", "--scale", "Ci", "--seeds", "2", "--arms",
            "trigram", "unigram");
        Assert.Equal((0, ""), (some.Code, some.Error));
        Assert.Contains("language-models: 4 of 4, ", some.Out);
        Assert.Contains("language-models: all 4 runs agree.", some.Out);
        var ran = await kit.Lm.RunAsync("reproduce", "--scale", "Ci", "--new-seeds");
        var expected = Course.Named("language-models").WithNewSeeds(2).Seeds;
        Assert.Equal([41, 42], expected);
        Assert.Contains($"language-models: {OfTwoSeeds} of {OfTwoSeeds}, ", ran.Out);
        foreach (var seed in expected)
            Assert.Equal(OfTwoSeeds / 2, ran.Out.Split('\n').Count(l => l.Contains($" {seed} ") && !l.Contains("excess")));
        Assert.Matches($@"\nTogether \d+ of {OfTwoSeeds} runs with new seeds lie outside their 95 % intervals\. So many or more do by chance with probability [\d.]+: they (dis)?agree\.\n", ran.Out);
        Assert.Equal(ran.Out.Contains("they disagree") ? 1 : 0, ran.Code);
    }

    [Fact]
    public async Task Figures_are_drawn_from_the_records_and_twice_alike()
    {
        kit.Copy(made.Kit.Store);
        async Task<Dictionary<string, string>> DrawnAsync(string folder)
        {
            var ran = await kit.Lm.RunAsync("plots", "--scale", "Ci", "--out", folder);
            Assert.Equal((0, ""), (ran.Code, ran.Error));
            return Directory.GetFiles(kit.PathOf(folder)).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText);
        }
        var (once, again) = (await DrawnAsync("once"), await DrawnAsync("again"));
        Assert.Equal(once, again);
        var figures = once.Keys.Where(f => f.EndsWith(".svg")).Select(f => f[..^4]).ToList();
        Assert.NotEmpty(figures);
        Assert.Equal(figures.SelectMany(f => new[] { f + ".csv", f + ".svg" }).Append("plots.html")
            .Order(StringComparer.Ordinal), once.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(figures.Count, once["plots.html"].Split("<div class=\"chart\"").Length - 1);
        Assert.All(figures, f => Assert.StartsWith("mark,x,low,y,high\n", once[f + ".csv"]));
    }
}
