using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Tests.Jupyter;

namespace LmNotebooks.Tests.Kernel;

public class SessionTests
{
    private readonly CellBench bench = new();
    private RecordedOutput output => bench.Output;

    private Task<CellResult> RunAsync(string code) => bench.RunAsync(code);

    private Task<string?> ValueAsync(string code) => bench.ValueAsync(code);

    private Task<CellError> ErrorAsync(string code) => bench.ErrorAsync(code);

    [Fact]
    public async Task A_cell_sees_the_variables_of_earlier_cells_and_its_last_expression_is_its_value()
    {
        Assert.Null(await ValueAsync("var x = 20;"));
        Assert.Equal("42", await ValueAsync("var y = x + 1;\nx + y + 1"));
    }

    [Fact]
    public async Task A_last_statement_with_a_semicolon_a_null_and_a_void_call_have_no_value()
    {
        Assert.Null(await ValueAsync("Math.Abs(-1);"));
        Assert.Null(await ValueAsync("(string)null"));
        Assert.Null(await ValueAsync("Console.WriteLine(1)"));
    }

    [Theory]
    [InlineData("return 3;", "3")]
    [InlineData("var x = 4;\nif (x > 3) return x;\nConsole.WriteLine();", "4")]
    [InlineData("for (var i = 0; ; i++) if (i == 5) return i;", "5")]
    [InlineData("try { return await Task.FromResult(6); }\nfinally { Console.WriteLine(); }", "6")]
    [InlineData("if (DateTime.Now.Year < 2000) return 1;\n7", "7")]
    [InlineData("if (DateTime.Now.Year < 2000) return 1;\nMath.Abs(-1);", null)]
    [InlineData("return;", null)]
    [InlineData("return (string)null;", null)]
    [InlineData("int F() { return 1; }\nF();", null)]
    [InlineData("{ int F() { return 1; } F(); }\nFunc<int> f = () => { return 2; };\nf();", null)]
    public async Task A_cell_can_return_its_value(string code, string? value) =>
        Assert.Equal(value, await ValueAsync(code));

    [Fact]
    public async Task Await_works_at_the_top_of_a_cell()
    {
        Assert.Equal("7",
            await ValueAsync("await Task.Yield();\nvar t = await Task.FromResult(3);\nt + await Task.FromResult(4)"));
        Assert.Equal("3", await ValueAsync("t"));
    }

    [Fact]
    public async Task Classes_records_and_extension_methods_are_there_in_later_cells()
    {
        await ValueAsync("class Counter { public int N; public void Up() => N++; }\nrecord Point(int X, int "
            + "Y);\nstatic int Twice(this int x) => 2 * x;");
        Assert.Equal("1", await ValueAsync("var c = new Counter(); c.Up(); c.N"));
        Assert.Equal("8", await ValueAsync("new Point(3, 4).Y.Twice()"));
    }

    [Fact]
    public async Task A_class_can_be_declared_again_and_the_newest_counts()
    {
        await ValueAsync("class Model { public int Size => 1; }\nvar old = new Model();");
        await ValueAsync("class Model { public int Size => 2; }");
        Assert.Equal("3", await ValueAsync("old.Size + new Model().Size"));
    }

    [Fact]
    public async Task A_compilation_error_names_the_line_of_the_cell_itself()
    {
        await ValueAsync("var a = 1;\nvar b = 2;");
        var error = await ErrorAsync("var c = a;\n\n    nothing + 1");
        Assert.StartsWith("(3,5): error CS0103:", error.Message);
        Assert.Equal("CompilationError", error.Name);
    }

    [Fact]
    public async Task An_extension_method_in_a_class_is_refused_with_the_way_to_write_it() =>
        Assert.EndsWith(": in a cell, write it outside of any class",
            (await ErrorAsync("static class E { public static int Twice(this int x) => 2 * x; }")).Message);

    [Fact]
    public async Task An_exception_names_the_lines_of_all_cells_it_passed_and_no_line_of_the_host()
    {
        await ValueAsync("// first\nint Divide(int a, int b)\n{\n    return a / b;\n}");
        var error = await ErrorAsync("var zero = 0;\n\nvar r = Divide(1, zero);");
        Assert.Equal("DivideByZeroException", error.Name);
        Assert.Equal(["   at cell 1, line 4", "   at cell 2, line 3"], error.Traceback.Skip(1));
    }

    [Fact]
    public async Task Frames_of_a_library_between_the_cells_lines_are_kept_by_name()
    {
        var error = await ErrorAsync("var list = new List<int>();\nlist.First();");
        Assert.Equal("   at cell 1, line 2", error.Traceback[^1]);
        Assert.Contains(error.Traceback, l => l == "   at System.Linq.Enumerable.First");
    }

    [Fact]
    public async Task An_inner_exception_is_told_too()
    {
        var error =
            await ErrorAsync("try { int.Parse(\"x\"); }\ncatch (Exception e) { throw new "
            + "InvalidOperationException(\"outer\", e); }");
        Assert.Equal("InvalidOperationException: outer", error.Traceback[0]);
        Assert.Contains(error.Traceback, l => l.StartsWith("caused by FormatException"));
    }

    [Fact]
    public async Task A_failing_cell_keeps_what_it_assigned_before()
    {
        await ErrorAsync("var before = 5;\nthrow new Exception(\"stop\");");
        Assert.Equal("5", await ValueAsync("before"));
        await ErrorAsync("before = 6;\nundeclared();");
        Assert.Equal("5", await ValueAsync("before"));
    }

    [Fact]
    public async Task Output_comes_in_the_order_in_which_it_was_made()
    {
        await ValueAsync("Console.Write(1); Console.Error.Write(2); display(3); Console.WriteLine(4);");
        Assert.Equal(["stdout: 1", "stderr: 2", "display: 3", "stdout: 4\n"], output.Log);
    }

    [Fact]
    public async Task Output_arrives_while_the_cell_still_runs()
    {
        File.WriteAllText(Path.Combine(bench.Folder, "go"), "");
        var running = RunAsync("Console.WriteLine(\"started\");\nwhile (System.IO.File.Exists(@\""
            + Path.Combine(bench.Folder, "go") + "\")) await Task.Delay(5);");
        await output.UntilAsync("started");
        Assert.False(running.IsCompleted);
        File.Delete(Path.Combine(bench.Folder, "go"));
        Assert.Null((await running).Error);
    }

    [Fact]
    public async Task Twenty_thousand_lines_are_few_messages_and_all_there()
    {
        await ValueAsync("for (var i = 0; i < 20_000; i++) Console.WriteLine(i);");
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n")), output.Text);
        Assert.InRange(output.Messages, 1, 200);
    }

    [Fact]
    public async Task A_background_task_writes_to_the_cell_that_started_it()
    {
        await ValueAsync("var go = new TaskCompletionSource();\nvar task = Task.Run(async () => { await go.Task; "
            + "Console.WriteLine(\"from the first\"); });");
        var second = new RecordedOutput();
        await bench.Session.RunAsync("go.SetResult(); await task; Console.WriteLine(\"from the second\");", "cell 2",
            second, TestContext.Current.CancellationToken);
        await output.UntilAsync("from the first\n");
        Assert.Equal("from the second\n", second.Text);
    }

    [Fact]
    public async Task What_is_displayed_can_be_replaced_also_from_a_later_cell()
    {
        await ValueAsync("var shown = display(\"one\");");
        await ValueAsync("shown.Update(\"two\");");
        Assert.Equal(["display: one", "update: two"], output.Log);
    }

    [Theory]
    [InlineData("display(\"one\")")]
    [InlineData("return display(\"one\");")]
    [InlineData("var shown = display(\"one\");\nshown")]
    [InlineData("\"one\".Display()")]
    public async Task What_is_displayed_is_shown_once(string code)
    {
        Assert.Null(await ValueAsync(code));
        Assert.Equal(["display: one"], output.Log);
    }

    [Fact]
    public async Task A_value_is_displayed_as_the_mime_type_that_is_asked_for()
    {
        await ValueAsync("""
            display("<b>bold</b>", "text/html");
            display("{\"a\": 1}", "application/json");
            display(new[] { 1, 2 }, "application/json");
            display(new { A = 1 }, "text/html");
            """);
        Assert.Equal([
            """{"text/html":"<b>bold</b>","text/plain":"<b>bold</b>"}""",
            """{"application/json":{"a":1},"text/plain":"{\"a\": 1}"}""",
            """{"application/json":[1,2],"text/plain":"[1, 2]"}""",
        ], output.Shown.Take(3).Select(s => s.ToText()));
        Assert.Contains("<table>", (string?)output.Shown[3]["text/html"]);
        Assert.Equal("ArgumentException: No formatter is registered for MIME type image/png.",
            (await ErrorAsync("display(1, \"image/png\")")).ToString());
    }

    [Fact]
    public async Task A_reference_to_an_assembly_that_the_host_carries_is_the_hosts()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(bench.Folder, "lib")).FullName;
        File.Copy(typeof(LmNotebooks.Training.RunHost).Assembly.Location, Path.Combine(elsewhere, "LmNotebooks.dll"));
        await ValueAsync("#r \"lib/LmNotebooks.dll\"\nusing LmNotebooks.Training;");
        await ValueAsync("RunHost.Current.Progress.Report(new TrainingProgress(\"run\", \"stage\", 1, 2, 0.5, 100, "
            + "TimeSpan.Zero));");
        Assert.Equal("run", Assert.Single(output.Trained).Run);
        Assert.Equal("True",
            await ValueAsync($"typeof(RunHost).Assembly.Location == "
            + $"@\"{typeof(LmNotebooks.Training.RunHost).Assembly.Location}\""));
    }

    [Fact]
    public async Task A_training_run_is_stopped_by_the_token_of_the_cell()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await ValueAsync("#r \"LmNotebooks.dll\"\nConsole.WriteLine();");
        var running =
            bench.Session.RunAsync("Console.WriteLine(\"waiting\");\nawait Task.Delay(-1, "
            + "LmNotebooks.Training.RunHost.Current.Cancellation);", "cell 2", output, stop.Token);
        await output.UntilAsync("waiting");
        await stop.CancelAsync();
        Assert.Equal("Interrupted", (await running).Error?.Name);
    }

    [Fact]
    public async Task A_missing_assembly_is_named_with_its_line()
    {
        var error = await ErrorAsync("// the library\n#r \"../nowhere/Missing.dll\"");
        Assert.StartsWith("(2,1): error: There is no assembly '../nowhere/Missing.dll'", error.Message);
    }

    [Fact]
    public async Task Load_runs_a_file_relative_to_the_notebook_and_its_errors_name_it()
    {
        File.WriteAllText(Path.Combine(bench.Folder, "helpers.csx"),
            "int Loaded() => 9;\nint Fails() => throw new Exception();");
        Assert.Equal("9", await ValueAsync("#load \"helpers.csx\"\nLoaded()"));
        File.WriteAllText(Path.Combine(bench.Folder, "broken.csx"), "\nint x = nothing;");
        Assert.StartsWith("broken.csx(2,9): error CS0103", (await ErrorAsync("#load \"broken.csx\"")).Message);
    }
}
