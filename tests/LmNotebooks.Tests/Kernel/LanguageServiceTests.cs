using System.Diagnostics;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

public class LanguageServiceTests(ITestOutputHelper output)
{
    /// <summary>Stands for the cursor in the codes of these tests.</summary>
    private const string Cursor = "|";
    private static readonly string Library = $"#r \"{typeof(LmNotebooks.Training.Schedule).Assembly.Location}\"\nusing LmNotebooks.Training;";

    /// <summary>Serves all tests that run no cells: a language service takes a second to start.</summary>
    private static readonly LanguageService Fresh = new Session(Path.GetTempPath()).Language;

    private Session? session;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LanguageService Language => session?.Language ?? Fresh;

    private Task<CellResult> TryAsync(string cell) => (session ??= new Session(Path.GetTempPath())).RunAsync(cell, "cell", new RecordedOutput(), Token);

    private async Task RunAsync(params IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            var result = await TryAsync(cell);
            Assert.True(result.Error is null, string.Join('\n', result.Error?.Traceback ?? []));
        }
    }

    private Task<Completions> CompleteAsync(string code)
    {
        var at = code.IndexOf(Cursor, StringComparison.Ordinal);
        return Language.CompleteAsync(code.Remove(at, Cursor.Length), at, Token);
    }

    private async Task<IReadOnlyList<string>> TextsAsync(string code) => [.. (await CompleteAsync(code)).Items.Select(i => i.Text)];

    private async Task<Completion> ItemAsync(string code, string text) => Assert.Single((await CompleteAsync(code)).Items, i => i.Text == text);

    private Task<string?> InspectAsync(string code)
    {
        var at = code.IndexOf(Cursor, StringComparison.Ordinal);
        return Language.InspectAsync(code.Remove(at, Cursor.Length), at, Token);
    }

    [Fact]
    public async Task After_a_dot_come_the_members_and_nothing_else()
    {
        var texts = await TextsAsync("Console.|");
        Assert.Contains("WriteLine", texts);
        Assert.DoesNotContain("Console", texts);
        Assert.DoesNotContain("while", texts);
    }

    [Fact]
    public async Task What_earlier_cells_declared_is_proposed()
    {
        await RunAsync("using System.Globalization;\nvar numbers = new List<int> { 1 };",
            "class Counter { public int Turns; }\nrecord Point(int X, int Y);\nstatic int Twice(this int x) => 2 * x;\nint Half(int x) => x / 2;",
            "int.TryParse(\"1\", out var parsed); var (left, right) = (1, \"x\"); var shape = new { Width = 1 };\nforeach (var gone in numbers) { }",
            "var counter = new Counter();");
        var top = await TextsAsync("|");
        Assert.All(["numbers", "Counter", "Point", "Half", "parsed", "left", "right", "shape", "counter", "CultureInfo", "display", "foreach"],
            name => Assert.Contains(name, top));
        Assert.DoesNotContain("gone", top);
        Assert.Contains("Turns", await TextsAsync("counter.|"));
        Assert.Contains("Twice", await TextsAsync("numbers[0].Tw|"));
        Assert.Contains("X", await TextsAsync("new Point(1, 2).|"));
        Assert.Contains("Width", await TextsAsync("shape.|"));
        Assert.Equal(("variable", "int parsed"), await DescribedAsync("par|", "parsed"));
        Assert.Equal(("variable", "List<int> numbers"), await DescribedAsync("num|", "numbers"));
    }

    private async Task<(string Kind, string Signature)> DescribedAsync(string code, string text)
    {
        var item = await ItemAsync(code, text);
        return (item.Kind, item.Signature);
    }

    [Fact]
    public async Task The_newest_declaration_of_a_name_counts()
    {
        await RunAsync("class Model { public int Old; }\nvar value = 1;\nint Of(int x) => x;\nstring Of(string x) => x;", "var derived = value;");
        Assert.Contains("Old", await TextsAsync("new Model().|"));
        await RunAsync("class Model { public int New; }\nvar value = \"text\";", "double Of(int x) => x;");
        var members = await TextsAsync("new Model().|");
        Assert.Contains("New", members);
        Assert.DoesNotContain("Old", members);
        Assert.Equal("string value", (await ItemAsync("val|", "value")).Signature);
        Assert.Equal("int derived", (await ItemAsync("der|", "derived")).Signature);
        Assert.Equal("string Of(string x) (+ 1 overload)", (await ItemAsync("O|", "Of")).Signature);
        await RunAsync("var Of = 3;");
        Assert.Equal("int Of", (await ItemAsync("O|", "Of")).Signature);
    }

    [Fact]
    public async Task A_declaration_inside_an_if_or_region_is_known_too_and_what_follows_it()
    {
        await RunAsync("#region all\n#if true\nclass Inside { public int N; }\n#else\nclass Never { }\n#endif\n#endregion\nclass After { }");
        Assert.Contains("N", await TextsAsync("new Inside().|"));
        Assert.Contains("After", await TextsAsync("new A|"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_no_trace_and_one_that_throws_does()
    {
        Assert.NotNull((await TryAsync("int never = ;")).Error);
        Assert.NotNull((await TryAsync("var known = 1;\nthrow new Exception();")).Error);
        var texts = await TextsAsync("|");
        Assert.DoesNotContain("never", texts);
        Assert.Contains("known", texts);
    }

    [Fact]
    public async Task A_referenced_library_and_what_it_needs_is_known_in_the_same_cell_and_later()
    {
        Assert.Contains("WarmUp", await TextsAsync(Library + "\nnew Schedule().|"));
        await RunAsync(Library + "\nusing TorchSharp;\nvar schedule = new Schedule();");
        Assert.Contains("WarmUp", await TextsAsync("schedule.|"));
        Assert.Contains("WarmUp", await TextsAsync(Library + "\nschedule.|"));
        Assert.Contains("zeros", await TextsAsync("torch.|"));
        Assert.StartsWith("Tensor ", (await ItemAsync("torch.zer|", "zeros")).Signature.Replace("torch.", ""));
    }

    [Fact]
    public async Task What_a_loaded_script_declares_is_known()
    {
        var script = Path.Combine(Directory.CreateTempSubdirectory("lm-load-").FullName, "part.csx");
        await File.WriteAllTextAsync(script, "class Loaded { public int Part; }", Token);
        Assert.Contains("Part", await TextsAsync($"#load \"{script}\"\nnew Loaded().|"));
        await RunAsync($"#load \"{script}\"\nvar loaded = new Loaded();");
        Assert.Contains("Part", await TextsAsync("loaded.|"));
    }

    [Fact]
    public async Task Proposals_begin_with_the_typed_letters_before_those_that_only_contain_them()
    {
        var texts = await TextsAsync("Console.wr|");
        Assert.Equal(["Write", "WriteLine"], texts.Take(2));
        Assert.Contains("WriteLine", await TextsAsync("Console.WL|"));
        Assert.Contains("WriteLine", await TextsAsync("Console.line|"));
        Assert.Empty(await TextsAsync("Console.zzz|"));
    }

    [Fact]
    public async Task Lambdas_initialisers_and_named_arguments_are_completed()
    {
        await RunAsync("class Item { public int Size { get; set; } public string Name { get; init; } }\nvar items = new List<Item>();");
        Assert.Contains("Size", await TextsAsync("items.Where(i => i.|"));
        Assert.Contains("Size", await TextsAsync("items.Select(i => new { Twice = 2 * i.| }).ToList();\nvar next = 1;"));
        Assert.Equal(["Name", "Size"], await TextsAsync("new Item { |"));
        Assert.Equal(("property", "string Item.Name { get; init; }"), await DescribedAsync("var i = new Item { Size = 1, N|", "Name"));
        Assert.Equal(("property", "int Item.Size { get; set; }"), await DescribedAsync("var all = new List<Item> { new() { S| } };", "Size"));
        Assert.Contains("separator", await TextsAsync("string.Join(sep|"));
        Assert.Contains("Ordinal", await TextsAsync("\"\".Equals(\"\", StringComparison.|"));
    }

    [Fact]
    public async Task An_override_is_written_out_in_one_span()
    {
        const string code = "class A\n{\n    public override To|\n}";
        var completions = await CompleteAsync(code);
        var item = Assert.Single(completions.Items);
        var plain = code.Replace(Cursor, "");
        var written = plain[..completions.Start] + item.Text + plain[completions.End..];
        Assert.Equal("class A { public override string ToString() { return base.ToString(); } }",
            string.Join(' ', written.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("x.| ")]
    [InlineData("x.|\nvar y = 1;")]
    [InlineData("if (x.| > 3) { Console.WriteLine(")]
    [InlineData("for (var i = 0; i < x.|; }\n)) class {")]
    [InlineData("var a = $\"{x.|}\";")]
    [InlineData("var a = $\"{x.|")]
    public async Task Broken_code_around_the_cursor_does_not_matter(string code)
    {
        await RunAsync("var x = new List<int>();");
        Assert.Contains("Count", await TextsAsync(code));
    }

    [Theory]
    [InlineData("var s = \"x.|\";")]
    [InlineData("var s = @\"x.|\";")]
    [InlineData("// x.|")]
    [InlineData("/* x.| */")]
    [InlineData("var s = $\"x.| {1}\";")]
    [InlineData("var c = '|';")]
    public async Task Nothing_is_proposed_in_text_and_comments(string code)
    {
        var completions = await CompleteAsync(code);
        Assert.Empty(completions.Items);
        var at = code.IndexOf(Cursor, StringComparison.Ordinal);
        Assert.Equal((at, at), (completions.Start, completions.End));
    }

    [Theory]
    [InlineData("var s = \"😀漢字\"; Console.Wri|", 3, 0)]
    [InlineData("var 変数 = 1; 変|", 1, 0)]
    [InlineData("/* 👩‍👩‍👧 */ Console.Wr|ite(1)", 2, 3)]
    [InlineData("|", 0, 0)]
    [InlineData("Con|", 3, 0)]
    [InlineData("  |  ", 0, 0)]
    public async Task The_span_is_the_word_at_the_cursor_in_utf_16_units(string code, int before, int after)
    {
        var completions = await CompleteAsync(code);
        var at = code.IndexOf(Cursor, StringComparison.Ordinal);
        Assert.NotEmpty(completions.Items);
        Assert.Equal((at - before, at + after), (completions.Start, completions.End));
    }

    [Fact]
    public async Task A_position_outside_of_the_text_is_moved_into_it()
    {
        Assert.Equal(8, (await Language.CompleteAsync("Console.", 1000, Token)).Start);
        Assert.Equal(0, (await Language.CompleteAsync("Console.", -1, Token)).Start);
        Assert.Equal(0, (await Language.CompleteAsync("", 5, Token)).End);
        Assert.Null(await Language.InspectAsync("", 5, Token));
    }

    [Theory]
    [InlineData("Console.|", "WriteLine", "method", "void Console.WriteLine(")]
    [InlineData("Math.M|", "Max", "method", "byte Math.Max(byte val1, byte val2) (+ 12 overloads)")]
    [InlineData("\"\".|", "Length", "property", "int string.Length { get; }")]
    [InlineData("Math.|", "PI", "constant", "double Math.PI = 3.14")]
    [InlineData("Lis|", "List", "class", "class List<T>")]
    [InlineData("TimeS|", "TimeSpan", "struct", "readonly struct TimeSpan")]
    [InlineData("IDisp|", "IDisposable", "interface", "interface IDisposable")]
    [InlineData("DayOf|", "DayOfWeek", "enum", "enum DayOfWeek")]
    [InlineData("DayOfWeek.|", "Friday", "enumMember", "DayOfWeek.Friday = 5")]
    [InlineData("System.|", "Text", "module", "namespace Text")]
    [InlineData("whi|", "while", "keyword", "")]
    [InlineData("Console.Can|", "CancelKeyPress", "event", "ConsoleCancelEventHandler? Console.CancelKeyPress")]
    [InlineData("Act|", "Action", "delegate", "delegate void Action()")]
    [InlineData("void F(int count) { cou|", "count", "parameter", "int count")]
    [InlineData("void F() { var total = 1L; tot|", "total", "variable", "long total")]
    [InlineData("new[] { 1 }.|", "Select", "method", "IEnumerable<TResult> IEnumerable<int>.Select<int, TResult>(Func<int, TResult> selector) (+ 1 overload)")]
    [InlineData("void F<TItem>() { TIt|", "TItem", "typeParameter", "TItem")]
    public async Task A_proposal_has_a_kind_and_a_signature_with_types(string code, string text, string kind, string signature)
    {
        var item = (await CompleteAsync(code)).Items.First(i => i.Text == text);
        Assert.Equal(kind, item.Kind);
        Assert.StartsWith(signature, item.Signature);
        Assert.Equal(signature == "", item.Signature == "");
    }

    [Fact]
    public async Task A_cancelled_question_ends_without_an_answer()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var many = Enumerable.Range(0, 50).Select(_ => Language.CompleteAsync("Console.", 8, stop.Token)).ToList();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(many));
        Assert.NotEmpty((await Language.CompleteAsync("Console.", 8, Token)).Items);
    }

    [Theory]
    [InlineData("Math.Ma|x(1, 2)")]
    [InlineData("Math.Max|(1, 2)")]
    [InlineData("Math.|Max(1, 2)")]
    [InlineData("Math.Max(|1, 2)")]
    public async Task A_method_is_described_with_its_overloads(string code)
    {
        var lines = (await InspectAsync(code))!.Split('\n');
        Assert.Equal("int Math.Max(int val1, int val2)", lines[0]);
        Assert.Contains("double Math.Max(double val1, double val2)", lines);
        Assert.Contains("... and 3 more", lines);
    }

    [Fact]
    public async Task Dotnets_own_documentation_is_shown_where_the_sdk_is_installed()
    {
        var text = await InspectAsync("string.Join|(\",\", new object[0])");
        Assert.Contains("separator: The string to use as a separator.", text);
        Assert.Contains("Throws ArgumentNullException: values is null.", text);
        Assert.Contains("Represents the standard input, output, and error streams", await InspectAsync("Console|"));
        Assert.Contains("Projects each element of a sequence", await InspectAsync("new[] { 1 }.Sel|ect(x => x)"));
    }

    [Fact]
    public async Task The_librarys_documentation_is_shown()
    {
        await RunAsync(Library + "\nvar schedule = new Schedule();");
        var type = await InspectAsync("new Sche|dule()");
        Assert.StartsWith("record Schedule\n", type);
        Assert.Contains("How the learning rate goes", type);
        Assert.Equal("double Schedule.At(double done)\n\nThe rate when a share of the stage, 0 to 1, is done.", await InspectAsync("schedule.At|"));
        Assert.Equal("Schedule schedule", await InspectAsync("sch|edule"));
    }

    [Fact]
    public async Task A_cells_own_comments_and_variables_are_shown()
    {
        await RunAsync("""
            /// <summary>Doubles, see <see cref="Math.Abs(int)"/>.</summary>
            /// <param name="x">What.</param>
            int Twice(int x) => 2 * x;
            var xs = new List<string>();
            """);
        Assert.Equal("int Twice(int x)\n\nDoubles, see Math.Abs.\nx: What.", await InspectAsync("Twice(|"));
        Assert.Equal("List<string> xs", await InspectAsync("x|s.Count"));
        await RunAsync("""
            interface IShape {
                /// <summary>In square metres.</summary>
                double Area { get; }
            }
            class Square : IShape {
                /// <inheritdoc/>
                public double Area => 1;
            }
            """);
        Assert.Equal("double Square.Area { get; }\n\nIn square metres.", await InspectAsync("new Square().Ar|ea"));
        Assert.Equal("(int A, string B) pair", await InspectAsync("(int A, string B) pair|;"));
    }

    [Theory]
    [InlineData("1 |  + 2")]
    [InlineData("\"Math.Ma|x\"")]
    [InlineData("12|3")]
    [InlineData("// Ma|th")]
    [InlineData("nothing.At|All")]
    [InlineData("|")]
    public async Task There_is_nothing_to_say_about_blanks_literals_comments_and_unknown_names(string code) => Assert.Null(await InspectAsync(code));

    [Theory]
    [InlineData("", Completeness.Complete)]
    [InlineData("1 + 1", Completeness.Complete)]
    [InlineData("var x = 1;\nx", Completeness.Complete)]
    [InlineData("await Task.Delay(1)", Completeness.Complete)]
    [InlineData("#r \"a.dll\"\nusing System;", Completeness.Complete)]
    [InlineData("#!markdown\nif (", Completeness.Complete)]
    [InlineData("class A {", Completeness.Incomplete)]
    [InlineData("Math.Max(1,", Completeness.Incomplete)]
    [InlineData("1 +", Completeness.Incomplete)]
    [InlineData("x.", Completeness.Incomplete)]
    [InlineData("var x = 1", Completeness.Incomplete)]
    [InlineData("/* not yet", Completeness.Incomplete)]
    [InlineData("@\"not yet", Completeness.Incomplete)]
    [InlineData("\"\"\"\nnot yet", Completeness.Incomplete)]
    [InlineData("#if DEBUG", Completeness.Incomplete)]
    [InlineData("}", Completeness.Invalid)]
    [InlineData("var 5 = 3;", Completeness.Invalid)]
    [InlineData("1 2", Completeness.Invalid)]
    public void A_cell_is_complete_or_waits_for_more_or_is_wrong(string code, Completeness expected) =>
        Assert.Equal(expected, LanguageService.IsComplete(code));

    /// <summary>Pieces of code that, put together at random, are broken in the ways of somebody who is typing.</summary>
    private static readonly string[] Pieces =
    [
        "Console", ".", "(", ")", "{", "}", "\"", "$\"", "\"\"\"", "'", "/*", "//", "\n", " ", "x", "=>", "=", ";", "new ", "class A", "int ",
        "override ", "<", ">", ",", "1", "😀", "漢", "\ud83d", "\0", "#r \"", "#load \"", "#if ", "@", "[", "]", "?", ":", "await ", "using ",
        "foreach (var i in ", "///<", "$\"{", "var ",
    ];

    [Property(MaxTest = 60)]
    public async Task Any_code_and_position_has_an_answer_within_the_text(int[] pieces, int position)
    {
        var code = string.Concat(pieces.Select(p => Pieces[(int)((uint)p % Pieces.Length)]));
        var at = code.Length == 0 ? position : (int)((uint)position % (code.Length + 3));
        var completions = await Fresh.CompleteAsync(code, at, CancellationToken.None);
        Assert.InRange(completions.Start, 0, Math.Clamp(at, 0, code.Length));
        Assert.InRange(completions.End, Math.Clamp(at, 0, code.Length), code.Length);
        Assert.All(completions.Items, i => Assert.NotEqual("", i.Text));
        await Fresh.InspectAsync(code, at, CancellationToken.None);
        LanguageService.IsComplete(code);
    }

    [Property(MaxTest = 60)]
    public async Task Any_text_has_an_answer_within_it(string? text, int position)
    {
        var code = text ?? "";
        var completions = await Fresh.CompleteAsync(code, position, CancellationToken.None);
        Assert.InRange(completions.Start, 0, code.Length);
        Assert.InRange(completions.End, completions.Start, code.Length);
        await Fresh.InspectAsync(code, position, CancellationToken.None);
        LanguageService.IsComplete(code);
    }

    [Fact]
    public async Task Questions_and_cells_may_come_at_the_same_time()
    {
        await RunAsync("var first = 1;");
        var questions = Enumerable.Range(0, 20).Select(_ => CompleteAsync("Console.W|")).ToList();
        await RunAsync(Enumerable.Range(0, 20).Select(i => $"var v{i} = {i};"));
        Assert.All(await Task.WhenAll(questions), q => Assert.NotEmpty(q.Items));
        Assert.Contains("v19", await TextsAsync("v|"));
    }

    [Fact]
    public async Task Measured_how_long_questions_take()
    {
        async Task TimeAsync(string what, Func<Task> question)
        {
            var watch = Stopwatch.StartNew();
            await question();
            output.WriteLine($"{what,-40} {watch.Elapsed.TotalMilliseconds,6:F0} ms");
        }

        await RunAsync(Library + "\nusing TorchSharp;\nvar xs = new List<int>();");
        await TimeAsync("first completion of this session", Language.WarmAsync);
        foreach (var cells in new[] { 1, 100 })
        {
            await RunAsync(Enumerable.Range(0, cells).Select(i => $"class C{i} {{ public int N; }}\nvar v{i} = new C{i}();\nint F{i}(int x) => x + v{i}.N;"));
            foreach (var code in new[] { "xs.|", "|", "torch.|", "xs.Where(x => x.|", "new Schedule { |" })
                await TimeAsync($"after {cells} cells: {code}", () => CompleteAsync(code));
            await TimeAsync($"after {cells} cells: inspect Math.Max", () => InspectAsync("Math.Max|"));
        }
    }
}
