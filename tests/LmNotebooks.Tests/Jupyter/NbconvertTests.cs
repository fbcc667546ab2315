using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>Jupyter's own program for executing notebooks, against our headless run of the same notebook.</summary>
public sealed partial class NbconvertTests : IDisposable
{
    private const double Tolerance = 1e-6;
    private readonly JupyterHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task It_makes_the_same_outputs_as_our_own_run()
    {
        var token = TestContext.Current.CancellationToken;
        var program = Clients.Find("jupyter-nbconvert");
        var notebook = await home.NotebookAsync("03-architectures.ipynb");
        using var nbconvert = home.Start(program, "--to", "notebook", "--execute", "--output", "executed.ipynb",
            $"--ExecutePreprocessor.startup_timeout={Patience.Event.TotalSeconds}", notebook);
        var log = nbconvert.StandardError.ReadToEndAsync(token);
        await nbconvert.WaitForExitAsync(token).WaitAsync(Patience.Notebook, token);
        Assert.True(nbconvert.ExitCode == 0, await log);

        var theirs = Notebook.Read(Path.Combine(Path.GetDirectoryName(notebook)!, "executed.ipynb"));
        home.ForgetRuns();
        var ours = (await HeadlessRun.ExecuteAsync(notebook, "Ci", Patience.Notebook, null, token)).Notebook;
        Assert.Equal(ours.Cells.Count, theirs.Cells.Count);
        foreach (var (our, their) in ours.Cells.Zip(theirs.Cells).Where(c => c.First.IsCode))
        {
            Assert.Equal(our.Source, their.Source);
            Assert.Equal((int?)our.Json["execution_count"], (int?)their.Json["execution_count"]);
            Assert.Equal(our.Outputs.Select(Shape), their.Outputs.Select(Shape));
            foreach (var (a, b) in our.Outputs.Zip(their.Outputs)) Same(Texts(a!), Texts(b!));
        }
    }

    /// <summary>Kind and mime types of an output.</summary>
    private static string Shape(JsonNode? output) =>
        $"{output!["output_type"]} {output["name"]} "
            + $"{string.Join(' ', ((output["data"] as JsonObject) ?? []).Select(d => d.Key).Order())}";

    private static string Texts(JsonNode output) => (string?)output["output_type"] == "stream"
        ? Notebook.Text(output["text"])
        : string.Join('\n', ((JsonObject)output["data"]!).OrderBy(d => d.Key)
            .Select(d => d.Value is JsonObject json ? Sorted(json) : Notebook.Text(d.Value)));

    private static string Sorted(JsonNode? json) => json switch
    {
        JsonObject o => "{" + string.Join(',', o.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Key + ":" + Sorted(p.Value))) + "}",
        JsonArray a => "[" + string.Join(',', a.Select(Sorted)) + "]",
        _ => json?.ToJsonString() ?? "null",
    };

    /// <summary>Equal words, and numbers that differ by rounding at most.</summary>
    private static void Same(string ours, string theirs)
    {
        Assert.Equal(Number().Replace(ours, "#"), Number().Replace(theirs, "#"));
        foreach (var (a, b) in Number().Matches(ours).Zip(Number().Matches(theirs)))
            Assert.Equal(double.Parse(a.Value, CultureInfo.InvariantCulture),
                double.Parse(b.Value, CultureInfo.InvariantCulture), Tolerance);
    }

    [GeneratedRegex(@"\d+(\.\d+)?([eE][+-]?\d+)?")]
    private static partial Regex Number();
}
