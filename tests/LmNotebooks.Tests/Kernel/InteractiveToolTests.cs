using System.Text.Json.Nodes;
using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Tests.Jupyter;

namespace LmNotebooks.Tests.Kernel;

/// <summary>The notebooks on the official .NET Interactive tool, which knows nothing of this kit.</summary>
public sealed class InteractiveToolTests : IDisposable
{
    private const string Setup = "#r \"../lib/LmNotebooks/bin/notebook/LmNotebooks.dll\"\n";

    private readonly JupyterHome home = new();

    public static TheoryData<string> All => Guards.NotebookTests.All;

    public void Dispose() => home.Dispose();

    [Theory, MemberData(nameof(All))]
    public async Task Every_cell_of_a_notebook_runs_and_its_charts_are_those_of_our_kernel(string name)
    {
        var cells = Notebook.Read(home.Copy(name)).Cells.Where(c => c.IsCode).ToList();
        using var tool = await InteractiveTool.StartAsync(Path.Combine(home.Path, "notebooks"));
        foreach (var cell in cells)
        {
            var events = await tool.RunAsync(cell.Source);
            Assert.True(events[^1].Kind == "CommandSucceeded", $"{cell.Source}\n{events[^1].Content["message"]}");
            Assert.Equal(Forms(cell), Forms(events));
        }
    }

    [Fact]
    public async Task Training_is_one_display_that_is_updated_and_ends_without_times()
    {
        home.Copy("00-start-here.ipynb");
        using var tool = await InteractiveTool.StartAsync(Path.Combine(home.Path, "notebooks"));
        var shown = (await tool.RunAsync(Setup + """
            using LmNotebooks.Experiments;
            using LmNotebooks.Languages;
            using LmNotebooks.Strategies;
            using LmNotebooks.Tokens;
            var language = Lingua.Preset("base", seed: 1);
            var data = Dataset.Of(language, Scale.Ci.TrainTokens, Scale.Ci.TestDocuments, seed: 1);
            var run = await Run.Train(new Joint(), data, Scale.Ci, seed: 1, "../out/records", "a");
            """)).Where(e => e.Shown.Count > 0).ToList();
        Assert.Equal(["DisplayedValueProduced", "DisplayedValueUpdated"], shown.Select(e => e.Kind).Distinct());
        Assert.Single(shown.Select(e => e.Id).Distinct());
        Assert.Contains("<progress", shown[0].Shown["text/html"]);
        Assert.Matches("^Joint, seed 1: [0-9,]+ steps, training loss [0-9.]+$", shown[^1].Shown["text/plain"]);
    }

    [Fact]
    public async Task Training_finds_the_cancellation_of_its_cell()
    {
        home.Copy("00-start-here.ipynb");
        using var tool = await InteractiveTool.StartAsync(Path.Combine(home.Path, "notebooks"));
        var events = await tool.RunAsync(Setup + """
            using Microsoft.DotNet.Interactive;
            var found = LmNotebooks.Training.RunHost.Current.Cancellation;
            found == KernelInvocationContext.Current.CancellationToken && found.CanBeCanceled
            """);
        Assert.Contains("True", events.Single(e => e.Shown.Count > 0).Shown.Values.Single());
    }

    /// <summary>The mime types of the charts that a cell of a committed notebook shows.</summary>
    private static IEnumerable<string> Forms(Cell cell) => cell.Outputs.Select(o => o!["data"] as JsonObject)
        .Where(d => d?.ContainsKey(FigureFormatters.Plotly) == true)
        .Select(d => string.Join(' ', d!.Select(f => f.Key).Order()));

    private static IEnumerable<string> Forms(IEnumerable<InteractiveTool.Event> events) => events.Select(e => e.Shown)
        .Where(s => s.TryGetValue(FigureFormatters.Plotly, out var chart) && HasSeries(chart))
        .Select(s => string.Join(' ', s.Keys.Order()));

    private static bool HasSeries(string chart) => JsonNode.Parse(chart)!["data"] is JsonArray { Count: > 0 };
}
