namespace LmNotebooks.Tests.Kernel;

/// <summary>What a cell asks of its host, and its first line.</summary>
public class ConsoleTests
{
    [Fact]
    public async Task Input_comes_from_the_person_at_the_cell_after_the_text_before_it()
    {
        var bench = new CellBench(new RecordedOutput { Answer = prompt => $"<{prompt}>" });
        await bench.ShowAsync("Console.Write(\"before\");\nvar a = input(\"name?\");\nvar b = Console.ReadLine();\nvar "
            + "c = password();\nConsole.Write(a + b + c);");
        Assert.Equal(["stdout: before", "ask: name?", "ask: ", "ask secretly: ", "stdout: <name?><><>"],
            bench.Output.Log);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_hosts_sentence_is_the_cells_error() =>
        Assert.Equal("InvalidOperationException: Nobody is there.",
            (await new CellBench().ErrorAsync("Console.ReadLine()")).ToString());

    [Fact]
    public async Task Input_comes_from_the_person_also_after_a_cell_that_sets_its_encoding()
    {
        var bench = new CellBench(new RecordedOutput { Answer = _ => "answer" });
        await bench.ShowAsync("Console.InputEncoding = System.Text.Encoding.UTF8;");
        Assert.Equal("answer", await bench.ValueAsync("Console.ReadLine()"));
    }

    [Fact]
    public async Task Text_is_in_the_cell_also_after_a_cell_that_directed_it_elsewhere()
    {
        var bench = new CellBench();
        await bench.ShowAsync("""
            var text = new StringWriter();
            Console.SetOut(text);
            Console.SetError(text);
            Console.Write(1);
            """);
        await bench.ShowAsync("Console.Write(2);\nConsole.Error.Write(text);");
        Assert.Equal(["stdout: 2", "stderr: 1"], bench.Output.Log);
    }

    [Fact]
    public async Task A_line_can_be_read_letter_by_letter()
    {
        var bench = new CellBench(new RecordedOutput { Answer = _ => "abc" });
        Assert.Equal("a bc abc",
            await bench.ValueAsync("$\"{(char)Console.Read()} {Console.ReadLine()} {Console.ReadLine()}\""));
        Assert.Equal(2, bench.Output.Log.Count);
    }

    [Fact]
    public async Task A_cell_that_waits_for_input_is_interrupted()
    {
        var bench = new CellBench(new RecordedOutput { Wait = token => token.WaitHandle.WaitOne() });
        Assert.Equal("Interrupted", (await bench.InterruptAsync("Console.WriteLine(\"started\");\ninput()"))
            .Error?.Name);
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
    [InlineData("\n\n#!CSharp\n1 + 1", "2", null)]
    [InlineData("// a comment\n/* and\n one more */ #!csharp\n1 + 1", "2", null)]
    [InlineData("// a comment\n\n#!markdown\ntext", "text", "text/markdown")]
    [InlineData("#!time\n#!html\n<i>i</i>", "<i>i</i>", "text/html")]
    [InlineData("// #!html\n\"#!html\"", "#!html", null)]
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
        Assert.StartsWith("(1,1): error: This kernel runs C# and does not know 'fsharp'",
            (await bench.ErrorAsync("#!fsharp\nlet x = 1")).Message);
        Assert.StartsWith("(2,1): error CS0103", (await bench.ErrorAsync("#!csharp\nnothing")).Message);
    }

    [Theory]
    [InlineData("#!import other.ipynb", "#load")]
    [InlineData("#!set --name x --value 5", "var name = value;")]
    [InlineData("#!share --from fsharp x", "share their variables")]
    [InlineData("#!value --name x", "var name")]
    [InlineData("#!connect mssql --kernel-name db", "a library of C#")]
    [InlineData("#!pwsh\nGet-ChildItem", "make it a Markdown cell")]
    public async Task A_line_of_other_kernels_is_answered_with_what_to_do_here(string code, string words)
    {
        var message = (await new CellBench().ErrorAsync("// a comment\n" + code)).Message;
        Assert.StartsWith("(2,1): error: This kernel runs C# and does not know '", message);
        Assert.Contains(words, message);
        Assert.DoesNotContain("CS", message.Replace("C#", ""));
    }

    [Fact]
    public async Task A_language_in_the_middle_of_a_cell_belongs_to_its_top() =>
        Assert.EndsWith("put this line at its top, or into a cell of its own",
            (await new CellBench().ErrorAsync("var x = 1;\n#!markdown\ntext")).Message);

    [Fact]
    public async Task The_variables_of_all_cells_are_named()
    {
        var bench = new CellBench();
        await bench.ShowAsync("#!who");
        await bench.ShowAsync("var b = 1;\nint F(int x) => x;\nclass C { }");
        await bench.ShowAsync("var b = \"new\";\nstatic var a = new[] { 1, 2 };\nvar (c, _) = (new C(), 0);".Replace("static var", "static int[]"));
        await bench.ShowAsync("#!who\n#!whos\n1");
        Assert.Equal(["stdout: There are no variables yet.\n", "stdout: a, b, c\n"], bench.Output.Log.Take(2));
        var table = (string)bench.Output.Shown.Single()["text/plain"]!;
        Assert.Equal(["Name  Type    Value", "a     int[]   [1, 2]", "b     string  new", "c     C       C"],
            table.Split('\n'));
    }

    [Fact]
    public async Task The_lines_that_a_cell_can_begin_with_are_listed()
    {
        var bench = new CellBench();
        await bench.ShowAsync("#!lsmagic");
        foreach (var line in bench.Output.Text.TrimEnd().Split('\n'))
            Assert.Null((await bench.RunAsync(line.Split(' ')[0])).Error);
    }

    [Theory]
    [InlineData("IProgress<int> p = new Progress<int>(i => Console.WriteLine($\"said {i}\")); p.Report(7);")]
    [InlineData("SynchronizationContext.Current.Post(_ => Console.WriteLine(\"said 7\"), null);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(\"said 7\"));")]
    [InlineData("var timer = new Timer(_ => Console.WriteLine(\"said 7\"), null, 1, Timeout.Infinite);")]
    [InlineData("var timer = new System.Timers.Timer(1) { AutoReset = false };\ntimer.Elapsed += (_, _) => "
        + "Console.WriteLine(\"said 7\");\ntimer.Start();")]
    [InlineData("Parallel.For(7, 9, i => Console.WriteLine($\"said {i}\"));")]
    [InlineData("Enumerable.Range(7, 2).AsParallel().ForAll(i => Console.WriteLine($\"said {i}\"));")]
    public async Task What_is_written_in_the_background_reaches_a_cell(string code)
    {
        var bench = new CellBench();
        await bench.ShowAsync(code);
        await bench.Output.UntilAsync("said 7");
    }

    [Fact]
    public async Task Progress_of_an_earlier_cell_is_written_there()
    {
        var bench = new CellBench();
        await bench.ShowAsync("IProgress<int> p = new Progress<int>(i => Console.WriteLine($\"at {i}\"));");
        var second = new RecordedOutput();
        await bench.Session.RunAsync("p.Report(1);", "cell 2", second, TestContext.Current.CancellationToken);
        await bench.Output.UntilAsync("at 1");
        Assert.Equal("", second.Text);
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
