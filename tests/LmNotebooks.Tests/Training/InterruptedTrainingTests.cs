using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tests.Kernel;
using LmNotebooks.Tokens;
using LmNotebooks.Training;

namespace LmNotebooks.Tests.Training;

/// <summary>Training in a cell that is interrupted.</summary>
[Collection(nameof(Alone))]
public class InterruptedTrainingTests
{
    private const string Setting = """
        #r "LmNotebooks.dll"
        using LmNotebooks.Experiments; using LmNotebooks.Languages; using LmNotebooks.Strategies; using LmNotebooks.Tokens;
        var scale = Scale.Ci with { TrainTokens = 60_000 };
        var data = Dataset.Of(Lingua.Preset("tiny", 1), scale.TrainTokens, scale.TestDocuments, 1);
        """;

    private readonly CellBench bench = new();

    private string Folder => Path.Combine(bench.Folder, "records");
    private string[] Files(string pattern) => Directory.GetFiles(Folder, pattern, SearchOption.AllDirectories);
    private string Cell(double peak = 1e-2) => string.Create(CultureInfo.InvariantCulture,
        $"var run = await Run.Train(new Joint(), data, scale with {{ Schedule = new() {{ Peak = {peak} }} }}, seed: 1, "
            + $"@\"{Folder}\", \"interrupted\");");

    /// <summary>Interrupts the cell when it has trained for a while.</summary>
    private async Task<(string? Error, string Shown)> InterruptAsync(string cell)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var before = bench.Output.Trained.Count;
        var running = bench.RunAsync(cell, stop.Token);
        Assert.True(SpinWait.SpinUntil(() => running.IsCompleted || bench.Output.Trained.Count > before,
            Patience.Event), "It does not train.");
        await stop.CancelAsync();
        return ((await running).Error?.Name, (string)bench.Output.Shown[^1]["text/plain"]!);
    }

    [Fact]
    public async Task An_interrupted_run_says_how_far_it_came_and_ends_as_an_undisturbed_one_when_the_cell_runs_again()
    {
        await bench.ShowAsync(Setting);
        var (error, shown) = await InterruptAsync(Cell());
        Assert.Equal("Interrupted", error);
        Assert.Matches(@"^Joint, seed 1: stopped at step [\d,]+ of [\d,]+, training loss \d\.\d{3}\. Run the cell again: it goes on from there", shown);

        var record = RunFile.Read(Assert.Single(Files("*.jsonl")));
        Assert.False(record.Finished);
        Assert.NotEmpty(record.Events);
        var kept = Assert.Single(Files("*.safetensors"));
        Assert.EndsWith($"LmNotebooks.Training.Checkpoint.Load(\"{kept.Replace('\\', '/')}\")", shown);
        Assert.IsType<TransformerLm>(Checkpoint.Load(kept));

        var reports = bench.Output.Trained.Count;
        await bench.ShowAsync(Cell());
        Assert.True(bench.Output.Trained[reports].Step > bench.Output.Trained[reports - 1].Step, "It began anew.");
        Assert.Matches(@"^Joint, seed 1: [\d,]+ steps, training loss \d\.\d{3}$",
            (string)bench.Output.Shown[^1]["text/plain"]!);
        Assert.Empty(Files("*.safetensors"));   // it has ended: from here on the cell trains anew
        var resumed = RunFile.Read(Files("*.jsonl")[0]);

        var scale = Scale.Ci with { TrainTokens = 60_000, Schedule = new() { Peak = 1e-2 } };
        var data = Dataset.Of(Lingua.Preset("tiny", 1), scale.TrainTokens, scale.TestDocuments, 1);
        var undisturbed = (await Run.Train(new Joint(), data, scale, 1, Folder, "undisturbed")).Record;
        Assert.Equal(undisturbed.Events.Select(e => e with { Seconds = 0 }),
            resumed.Events.Select(e => e with { Seconds = 0 }));
        Assert.Equal(undisturbed.Result!.TestLoss, resumed.Result!.TestLoss);
    }

    [Fact]
    public async Task A_run_with_another_rate_begins_anew_and_the_stopped_one_waits()
    {
        await bench.ShowAsync(Setting);
        await InterruptAsync(Cell());
        var kept = Assert.Single(Files("*.safetensors"));
        await InterruptAsync(Cell(peak: 5e-3));
        Assert.Equal(2, Files("*.safetensors").Length);
        await bench.ShowAsync(Cell());
        Assert.DoesNotContain(kept, Files("*.safetensors"));
        // each rate has a record of its own
        Assert.Equal([false, true], Files("*.jsonl").Select(f => RunFile.Read(f).Finished).Order());
    }
}
