namespace LmNotebooks.Tests.Kernel;

/// <summary>What a cell asks of its host, and its first line.</summary>
public class ConsoleTests
{
    [Fact]
    public async Task Input_comes_from_the_person_at_the_cell_after_the_text_before_it()
    {
        var bench = new CellBench(new RecordedOutput { Answer = prompt => $"<{prompt}>" });
        await bench.ShowAsync("Console.Write(\"before\");\nvar a = input(\"name?\");\nvar b = Console.ReadLine();\nvar c = password();\nConsole.Write(a + b + c);");
        Assert.Equal(["stdout: before", "ask: name?", "ask: ", "ask secretly: ", "stdout: <name?><><>"], bench.Output.Log);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_hosts_sentence_is_the_cells_error() =>
        Assert.Equal("InvalidOperationException: Nobody is there.", (await new CellBench().ErrorAsync("Console.ReadLine()")).ToString());

    [Fact]
    public async Task Input_comes_from_the_person_also_after_a_cell_that_sets_its_encoding()
    {
        var bench = new CellBench(new RecordedOutput { Answer = _ => "answer" });
        await bench.ShowAsync("Console.InputEncoding = System.Text.Encoding.UTF8;");
        Assert.Equal("answer", await bench.ValueAsync("Console.ReadLine()"));
    }

    [Fact]
    public async Task A_cell_that_waits_for_input_is_interrupted()
    {
        var bench = new CellBench(new RecordedOutput { Wait = token => token.WaitHandle.WaitOne() });
        Assert.Equal("Interrupted", (await bench.InterruptAsync("Console.WriteLine(\"started\");\ninput()")).Error?.Name);
    }

    [Fact]
    public async Task Clearing_comes_after_the_text_before_it()
    {
        var bench = new CellBench();
        await bench.ShowAsync("Console.Write(1);\nclear_output(wait: true);\nConsole.Write(2);\nclear_output();");
        Assert.Equal(["stdout: 1", "clear, later", "stdout: 2", "clear"], bench.Output.Log);
    }

    [Theory]
    [InlineData("#!csharp\n1 + 1", "2", null)]
    [InlineData("#!c#\r\n1 + 1", "2", null)]
    [InlineData("#!html\n<b>bold</b>", "<b>bold</b>", "text/html")]
    [InlineData("#!markdown\n# Title\ntext", "# Title\ntext", "text/markdown")]
    public async Task A_first_line_says_what_the_cell_is(string code, string text, string? mime)
    {
        var shown = await new CellBench().ShowAsync(code);
        Assert.Equal(text, (string?)shown?["text/plain"]);
        if (mime is not null) Assert.Equal(text, (string?)shown?[mime]);
    }

    [Fact]
    public async Task A_timed_cell_ends_with_the_time_it_took()
    {
        var bench = new CellBench();
        Assert.Equal("3", await bench.ValueAsync("#!time\nConsole.WriteLine(\"work\");\n3"));
        Assert.Matches("^work\nWall time: \\d+\\.\\d{3} s\n$", bench.Output.Text);
    }

    [Fact]
    public async Task Another_language_is_refused_in_a_sentence_and_lines_keep_their_numbers()
    {
        var bench = new CellBench();
        Assert.StartsWith("(1,1): error: This kernel runs C# and does not know '#!fsharp'", (await bench.ErrorAsync("#!fsharp\nlet x = 1")).Message);
        Assert.StartsWith("(2,1): error CS0103", (await bench.ErrorAsync("#!csharp\nnothing")).Message);
    }

    [Fact]
    public async Task Warming_up_changes_nothing()
    {
        var bench = new CellBench();
        await bench.ShowAsync("var x = 4;");
        await bench.Session.WarmAsync();
        Assert.Equal("4", await bench.ValueAsync("x"));
        Assert.Empty(bench.Output.Log);
    }
}
