using System.Diagnostics;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

public class HeadlessRunTests
{
    private readonly NotebookFolder folder = new();
    private readonly Recorder events = new();

    private Task<NotebookResult> RunAsync(string[] cells, TimeSpan? timeout = null, string? scale = null,
        CancellationToken? token = null) =>
        HeadlessRun.ExecuteAsync(folder.Write("n.ipynb", cells), scale, timeout ?? Patience.Event, events, token
            ?? TestContext.Current.CancellationToken);

    private static JsonArray Outputs(NotebookResult result, int cell) => result.Notebook.Cells.Where(c => c.IsCode)
        .ElementAt(cell - 1).Outputs;

    private static string Text(JsonNode? node) => Notebook.Text(node);

    [Fact]
    public async Task Outputs_counts_and_the_kernels_name_are_in_the_notebook()
    {
        var result = await RunAsync([
            "var x = 20;\nConsole.Write(\"a\\n\"); Console.Write(\"b\");",
            "",
            "var shown = display(\"before\");\nConsole.Error.WriteLine(Environment.CurrentDirectory);\nx + 22",
            "shown.Update(\"after\");\nEnvironment.GetEnvironmentVariable(\"LM_SCALE\") + "
                + "Environment.GetEnvironmentVariable(\"OMP_WAIT_POLICY\")",
        ], scale: "Ci");
        Assert.True(result.Succeeded, result.Error);
        Assert.Equal("""[{"output_type":"stream","name":"stdout","text":["a\n","b"]}]""", Outputs(result, 1)
            .ToJsonString());
        Assert.Empty(Outputs(result, 2));
        Assert.Equal("after", Text(Outputs(result, 3)[0]!["data"]!["text/plain"]));
        Assert.EndsWith(Path.GetFileName(folder.Path) + "\n", Text(Outputs(result, 3)[1]!["text"]));
        Assert.Equal("42", Text(Outputs(result, 3)[2]!["data"]!["text/plain"]));
        Assert.Equal("Cipassive", Text(Outputs(result, 4)[0]!["data"]!["text/plain"]));
        Assert.Equal([1, null, 3, 4], result.Notebook.Cells.Where(c => c.IsCode)
            .Select(c => (int?)c.Json["execution_count"]));
        Assert.Equal("lmnotebooks", (string?)result.Notebook.Json["metadata"]!["kernelspec"]!["name"]);
        Assert.Equal([1, 3, 4], result.Seconds.Keys);
        Assert.DoesNotContain("econds", result.Notebook.ToText());
    }

    [Fact]
    public async Task A_failing_cell_ends_the_run_and_is_named_and_later_cells_lose_their_old_outputs()
    {
        var result = await RunAsync(["1", "var a = 1;\nthrow new Exception(\"boo\");", "3"]);
        Assert.Equal((2, "Exception: boo", false), (result.FailedCell, result.Error, result.Cancelled));
        Assert.Equal("""["Exception: boo","   at cell 2, line 2"]""",
            Outputs(result, 2)[0]!["traceback"]!.ToJsonString());
        Assert.Empty(Outputs(result, 3));
    }

    [Fact]
    public async Task A_cell_that_is_to_be_skipped_and_one_without_code_keep_what_they_have()
    {
        const string ran = "throw new Exception(\"ran\");";
        var path = folder.Write("n.ipynb", ran, " \n\t", "1 + 1", "throw new Exception(\"boo\");", ran);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var i in new[] { 1, 2, 5 })
        {
            json["cells"]![i]!["outputs"] =
                JsonNode.Parse("""[{"output_type":"stream","name":"stdout","text":["kept"]}]""");
            json["cells"]![i]!["execution_count"] = 40 + i;
        }
        foreach (var i in new[] { 1, 5 })
            json["cells"]![i]!["metadata"]!["tags"] = new JsonArray("x", "skip-execution");
        File.WriteAllText(path, json.ToJsonString());
        var result = await HeadlessRun.ExecuteAsync(
            path, null, TimeSpan.FromSeconds(60), events, TestContext.Current.CancellationToken);
        Assert.Equal((4, "Exception: boo"), (result.FailedCell, result.Error));
        Assert.All([1, 2, 5], i => Assert.Equal("kept", Text(Outputs(result, i)[0]!["text"])));
        var code = result.Notebook.Cells.Where(c => c.IsCode);
        Assert.Equal([41, 42, 3, 4, 45], code.Select(c => (int?)c.Json["execution_count"]));
        Assert.Equal([(3, 5), (4, 5)], events.All.OfType<CellStarted>().Select(e => (e.Cell, e.Cells)));
    }

    [Fact]
    public async Task An_expected_exception_is_shown_and_the_run_goes_on()
    {
        var result = await RunAsync(["!throw new Exception(\"expected\");", "2"]);
        Assert.True(result.Succeeded, result.Error);
        Assert.Equal("error", (string?)Outputs(result, 1)[0]!["output_type"]);
        Assert.Equal("2", Text(Outputs(result, 2)[0]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task A_cell_that_never_ends_is_named_with_the_option_that_gives_it_more_time()
    {
        var clock = Stopwatch.StartNew();
        await RunAsync(["Console.WriteLine(\"kept\");"]);
        var timeout = 5 * clock.Elapsed;   // time for the first cell, however busy the machine is
        var result = await RunAsync(["Console.WriteLine(\"kept\");", "while (true) { }"], timeout);
        Assert.Equal(2, result.FailedCell);
        Assert.Equal($"Cell 2 was still running after {timeout.TotalSeconds:0.#} s: give the notebook more time with "
            + "--timeout SECONDS.", result.Error);
        Assert.Equal("kept\n", Text(Outputs(result, 1)[0]!["text"]));
        Assert.Equal("error", (string?)Outputs(result, 2)[^1]!["output_type"]);
    }

    [Fact]
    public async Task A_cell_that_takes_the_process_with_it_is_one_sentence()
    {
        var result = await RunAsync(["Console.WriteLine(\"kept\");", "Environment.FailFast(\"the end\");"]);
        Assert.Equal(2, result.FailedCell);
        Assert.StartsWith("The process that ran the notebook ended by itself (exit code ", result.Error);
        Assert.Contains("the end", result.Error);
        Assert.DoesNotContain("\n", result.Error);
        Assert.Equal("kept\n", Text(Outputs(result, 1)[0]!["text"]));
    }

    [Fact]
    public async Task Cancelling_ends_the_process_and_keeps_what_ran()
    {
        using var stop = new CancellationTokenSource();
        events.On<CellEmitted>(e => { if (e.Cell == 2) stop.Cancel(); });
        var result =
            await RunAsync(["1", "Console.WriteLine(Environment.ProcessId);\nwhile (true) await Task.Delay(10);"],
            token: stop.Token);
        Assert.True(result.Cancelled);
        Assert.Equal("1", Text(Outputs(result, 1)[0]!["data"]!["text/plain"]));
        var id = int.Parse(Text(Outputs(result, 2)[0]!["text"]));
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    [Fact]
    public async Task Training_progress_reaches_the_parent_a_few_times_a_second_and_at_the_end()
    {
        var result = await RunAsync(["""
            #r "nuget: LmNotebooks"
            using LmNotebooks.Training;
            for (var step = 1; step <= 10_000; step++)
                RunHost.Current.Progress.Report(new TrainingProgress("run", "body", step, 10_000, double.NaN, 5, TimeSpan.FromSeconds(1)));
            """]);
        Assert.True(result.Succeeded, result.Error);
        var trained = events.All.OfType<CellTrained>().Select(t => t.Progress).ToList();
        Assert.InRange(trained.Count, 2, 2 + 4 * (int)Math.Ceiling(result.Seconds[1]));
        Assert.Equal((10_000, "body", double.NaN), (trained[^1].Step, trained[^1].Stage, trained[^1].Loss));
    }

    private sealed class Recorder : IProgress<NotebookEvent>
    {
        private Action<NotebookEvent>? on;

        public List<NotebookEvent> All { get; } = [];

        public void On<T>(Action<T> action) where T : NotebookEvent => on = e => { if (e is T t) action(t); };

        public void Report(NotebookEvent value)
        {
            All.Add(value);
            on?.Invoke(value);
        }
    }
}
