using System.Diagnostics;

namespace LmNotebooks.Tests.Kernel;

public class TrainingDisplayTests
{
    private const string Setting = """
        #r "LmNotebooks.dll"
        using LmNotebooks.Training;
        void Report(string run, long step, double loss = 2.5, long steps = 1000) =>
            RunHost.Current.Progress.Report(new TrainingProgress(run, "stage", step, steps, loss, 1234, TimeSpan.FromSeconds(65)));
        """;

    private readonly CellBench bench = new();

    private string Text(Index shown) => (string)bench.Output.Shown[shown]["text/plain"]!;

    private string Html(Index shown) => (string)bench.Output.Shown[shown]["text/html"]!;

    [Fact]
    public async Task A_run_is_one_display_that_ends_without_times()
    {
        await bench.ShowAsync(Setting);
        var clock = Stopwatch.StartNew();
        await bench.ShowAsync("for (var i = 1; i <= 1000; i++) Report(\"Joint, seed 1\", i);");
        Assert.Equal("Joint, seed 1: step 1 of 1,000, 1,234 tokens/s, loss 2.500, 1:05 left", Text(0));
        Assert.Equal("Joint, seed 1: 1,000 steps, training loss 2.500", Text(^1));
        Assert.Equal("Joint, seed 1: 1,000 steps, training loss 2.500", Html(^1));
        Assert.InRange(bench.Output.Log.Count, 2, 3 + 3 * (int)Math.Ceiling(clock.Elapsed.TotalSeconds));
        Assert.All(bench.Output.Log.Skip(1), line => Assert.StartsWith("update: ", line));
        Assert.Equal(1000, bench.Output.Trained.Count);
    }

    [Fact]
    public async Task While_runs_go_on_there_is_a_bar_for_each_and_a_chart()
    {
        var bench = new CellBench(new RecordedOutput { OnShown = count => Watched.Displays = count });
        Watched.Displays = 0;
        await bench.ShowAsync(Setting);
        await bench.ShowAsync("#r \"LmNotebooks.Tests.dll\"\nusing LmNotebooks.Tests.Kernel;");
        await bench.ShowAsync("""
            const long Steps = 1_000_000_000;
            for (var i = 1; Watched.Displays < 3; i++) { Report("a<b", i, steps: Steps); Report("c", i, double.NaN, Steps); }
            """);
        string Html(Index shown) => (string)bench.Output.Shown[shown]["text/html"]!;
        var live = Html(1);
        Assert.Contains("<td>a&lt;b</td><td><progress value=", live);
        Assert.Contains("<td>c</td><td><progress value=", live);
        Assert.Contains("<svg", live);
        Assert.DoesNotContain("<svg", Html(^1));
    }

    [Fact]
    public async Task A_run_that_did_not_end_says_where_it_stopped_also_in_a_cell_that_failed()
    {
        await bench.ShowAsync(Setting);
        await bench.ErrorAsync("Report(\"run 10\", 1, 2, 10);\nReport(\"run 10\", 10, 1, 10);\nReport(\"run 2\", "
            + "1);\nReport(\"run 2\", 300, 2.25);\nthrow new Exception();");
        Assert.Equal("run 2: stopped at step 300 of 1,000, training loss 2.250\nrun 10: 10 steps, training loss 1.000",
            Text(^1));
    }

    [Fact]
    public async Task A_name_used_again_after_its_run_ended_is_another_line()
    {
        await bench.ShowAsync(Setting);
        await bench.ShowAsync("Report(\"run\", 5, 2, 5);\nReport(\"run\", 2, 1, 5);\nReport(\"run\", 5, 1, 5);");
        Assert.Equal("run: 5 steps, training loss 2.000\nrun: 5 steps, training loss 1.000", Text(^1));
    }

    [Fact]
    public async Task More_than_an_hour_is_told_whole()
    {
        await bench.ShowAsync(Setting.Replace("FromSeconds(65)", "FromMinutes(65)"));
        await bench.ShowAsync("Report(\"run\", 1);");
        Assert.EndsWith(", 1:05:00 left", Text(0));
    }

    [Fact]
    public async Task A_cell_without_training_has_no_display()
    {
        await bench.ShowAsync("1");
        Assert.Empty(bench.Output.Shown);
    }
}

/// <summary>What a cell of a test can know of its own display.</summary>
public static class Watched
{
    public static volatile int Displays;
}
