using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

[Collection(nameof(LanguageQuestions))]
public class CompletionTests : LanguageQuestions
{
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
            "class Counter { public int Turns; }\nrecord Point(int X, int Y);\nstatic int Twice(this int x) => 2 * "
                + "x;\nint Half(int x) => x / 2;",
            "int.TryParse(\"1\", out var parsed); var (left, right) = (1, \"x\"); var shape = new { Width = 1 "
                + "};\nforeach (var gone in numbers) { }",
            "var counter = new Counter();");
        var top = await TextsAsync("|");
        Assert.All(["numbers", "Counter", "Point", "Half", "parsed", "left", "right", "shape", "counter",
            "CultureInfo", "display", "foreach"],
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
        await RunAsync("class Model { public int Old; }\nvar value = 1;\nint Of(int x) => x;\nstring Of(string x) => "
            + "x;", "var derived = value;");
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
        await RunAsync("#region all\n#if true\nclass Inside { public int N; }\n#else\nclass Never { "
            + "}\n#endif\n#endregion\nclass After { }");
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
        await RunAsync("class Item { public int Size { get; set; } public string Name { get; init; } }\nvar items = "
            + "new List<Item>();");
        Assert.Contains("Size", await TextsAsync("items.Where(i => i.|"));
        Assert.Contains("Size",
            await TextsAsync("items.Select(i => new { Twice = 2 * i.| }).ToList();\nvar next = 1;"));
        Assert.Equal(["Name", "Size"], await TextsAsync("new Item { |"));
        Assert.Equal(("property", "string Item.Name { get; init; }"),
            await DescribedAsync("var i = new Item { Size = 1, N|", "Name"));
        Assert.Equal(("property", "int Item.Size { get; set; }"),
            await DescribedAsync("var all = new List<Item> { new() { S| } };", "Size"));
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
    [InlineData("new[] { 1 }.|", "Select", "method",
        "IEnumerable<TResult> IEnumerable<int>.Select<int, TResult>(Func<int, TResult> selector) (+ 1 overload)")]
    [InlineData("void F<TItem>() { TIt|", "TItem", "typeParameter", "TItem")]
    public async Task A_proposal_has_a_kind_and_a_signature_with_types(string code, string text, string kind,
        string signature)
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
}
