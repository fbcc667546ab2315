using System.Text.Json.Nodes;

namespace LmNotebooks.Tests.Kernel;

public class MimeBundleTests
{
    private readonly CellBench bench = new();

    private async Task<JsonObject> ShowAsync(string code) => Assert.IsType<JsonObject>(await bench.ShowAsync(code));

    [Theory]
    [InlineData("3", "3")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("\"a < b\"", "a < b")]
    [InlineData("DayOfWeek.Friday", "Friday")]
    public async Task Plain_values_are_plain_text_only(string code, string text) =>
        Assert.Equal($$"""{"text/plain":"{{text}}"}""", (await ShowAsync(code))
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Fact]
    public async Task A_sequence_is_a_table_and_a_line_of_text()
    {
        var shown = await ShowAsync("Enumerable.Range(1, 3).Select(i => i * 0.5)");
        Assert.Equal("[0.5, 1, 1.5]", (string?)shown["text/plain"]);
        Assert.Contains("<td>2</td><td>1.5</td>", (string?)shown["text/html"]);
    }

    [Fact]
    public async Task A_sequence_without_end_is_cut_after_its_first_rows()
    {
        var shown = await ShowAsync("IEnumerable<int> All() { for (var i = 0; ; i++) yield return i; }\nAll()");
        Assert.EndsWith("18, 19, ...]", (string?)shown["text/plain"]);
    }

    [Fact]
    public async Task Records_are_a_table_with_their_properties_as_columns()
    {
        var shown =
            await ShowAsync("record Run(string Name, double Loss);\nnew[] { new Run(\"a<b\", 1.25), new Run(\"c\", 2) "
            + "}");
        Assert.Equal("Name  Loss\na<b   1.25\nc     2", (string?)shown["text/plain"]);
        Assert.Contains("<th>Name</th><th>Loss</th></tr></thead><tbody><tr><td>a&lt;b</td><td>1.25</td></tr>",
            (string?)shown["text/html"]);
    }

    [Fact]
    public async Task One_record_is_a_table_of_names_and_values()
    {
        var shown = await ShowAsync("record Run(string Name, double Loss);\nnew Run(\"a\", 1.25)");
        Assert.Equal("Run { Name = a, Loss = 1.25 }", (string?)shown["text/plain"]);
        Assert.Contains("<td>Loss</td><td>1.25</td>", (string?)shown["text/html"]);
    }

    [Fact]
    public async Task A_dictionary_is_a_table_of_keys_and_values() =>
        Assert.Equal("Key  Value\na    1",
            (string?)(await ShowAsync("new Dictionary<string, int> { [\"a\"] = 1 }"))["text/plain"]);

    [Theory]
    [InlineData("new[] { new[] { 1.5, 2 }, new[] { 3.0 }, null }", "[[1.5, 2], [3], null]")]
    [InlineData("new[] { Enumerable.Range(0, 100) }", "[[0, 1, 2, 3, 4, 5, 6, 7, ...]]")]
    [InlineData("new int?[] { 1, null }", "[1, null]")]
    [InlineData("(1, \"a\", new[] { 2, 3 })", "(1, a, System.Int32[])")]
    [InlineData("new[] { (Name: \"a\", Loss: 1.5), (Name: \"b\", Loss: 2) }", "Item1  Item2\na      1.5\nb      2")]
    [InlineData("new Dictionary<string, double[]> { [\"a\"] = new[] { 0.5, 1 } }", "Key  Value\na    [0.5, 1]")]
    [InlineData("new Dictionary<string, double> { [\"a\"] = 0.5 }", "Key  Value\na    0.5")]
    [InlineData("record Run(string Name, double[] Losses);\nnew[] { new Run(\"a\", new[] { 2.5, 1 }) }",
        "Name  Losses\na     [2.5, 1]")]
    [InlineData("new List<string>()", "[]")]
    [InlineData("IEnumerable<int> Fails() { yield return 1; throw new Exception(\"half way\"); }\nFails()",
        "[1, (half way)]")]
    [InlineData("new InvalidOperationException(\"oops\")", "System.InvalidOperationException: oops")]
    public async Task Nested_values_and_those_that_fail_are_readable(string code, string text)
    {
        var shown = await ShowAsync(code);
        Assert.Equal(text, (string?)shown["text/plain"]);
        Assert.StartsWith(code.EndsWith("oops\")") ? "<details" : "<table>", (string?)shown["text/html"]);
    }

    [Fact]
    public async Task Html_is_shown_as_it_stands() =>
        Assert.Equal("<b>x</b>", (string?)(await ShowAsync("HTML(\"<b>x</b>\")"))["text/html"]);

    [Fact]
    public async Task A_value_whose_display_never_ends_is_interrupted() =>
        Assert.Equal("Interrupted", (await bench.InterruptAsync("""
            IEnumerable<int> Waits() { Console.WriteLine("started"); while (true) if (DateTime.Now.Year == 1) yield return 1; }
            Waits()
            """)).Error?.Name);

    [Fact]
    public async Task A_formatter_that_the_types_author_registered_is_honoured_and_json_is_stored_as_json()
    {
        var shown = await ShowAsync("""
            #r "nuget: Microsoft.DotNet.Interactive.Formatting"
            using Microsoft.DotNet.Interactive.Formatting;
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "application/vnd.lm+json", "text/html" })]
            public record Curve(int N);
            public class Source : ITypeFormatterSource
            {
                public IEnumerable<ITypeFormatter> CreateTypeFormatters() => new ITypeFormatter[] { new Json(), new HtmlFormatter<Curve>(c => $"<b>{c.N}</b>") };
            }
            public class Json : ITypeFormatter
            {
                public string MimeType => "application/vnd.lm+json";
                public Type Type => typeof(Curve);
                public bool Format(object value, FormatContext context) { context.Writer.Write("{\"n\": [1, 2]}"); return true; }
            }
            new Curve(7)
            """);
        Assert.Equal("<b>7</b>", (string?)shown["text/html"]);
        Assert.Equal(2, (int?)shown["application/vnd.lm+json"]?["n"]?[1]);
        Assert.NotNull(shown["text/plain"]);
    }

    [Fact]
    public async Task A_formatter_registered_in_a_cell_is_honoured()
    {
        var shown = await ShowAsync("""
            #r "nuget: Microsoft.DotNet.Interactive.Formatting"
            using Microsoft.DotNet.Interactive.Formatting;
            record Weight(int Grams);
            Formatter.Register<Weight>(w => $"<i>{w.Grams} g</i>", "text/html");
            new Weight(5)
            """);
        Assert.Equal("<i>5 g</i>", (string?)shown["text/html"]);
    }

    [Fact]
    public async Task A_formatter_that_throws_leaves_a_sentence_and_the_cell_goes_on()
    {
        var shown =
            await ShowAsync("record Broken { public int Value => throw new Exception(\"no value\"); }\nnew Broken()");
        Assert.Equal("Broken (it cannot be shown: no value)", (string?)shown["text/plain"]);
    }

    [Theory]
    [InlineData("arange(10).reshape(2, 5)", "Tensor [2, 5] Int64 cpu: 0, 1, 2, 3, 4, 5, 6, 7, ...")]
    [InlineData("tensor(0.5f)", "Tensor [] Float32 cpu: 0.5")]
    [InlineData("tensor(new[] { true, false })", "Tensor [2] Bool cpu: true, false")]
    [InlineData("zeros(0, 3)", "Tensor [0, 3] Float32 cpu")]
    [InlineData("zeros(2, 3, requires_grad: true).to(bfloat16)", "Tensor [2, 3] BFloat16 cpu: 0, 0, 0, 0, 0, 0")]
    public async Task A_tensor_shows_shape_type_device_and_first_values(string code, string text) =>
        Assert.Equal(text, (string?)(await ShowAsync($"#r \"nuget: TorchSharp\"\nusing static TorchSharp.torch;\n{code}"))["text/plain"]);

    [Theory]
    [InlineData("Task.FromResult(5)", "A task (RanToCompletion): write 'await' before it to have what it gives.")]
    [InlineData("async Task F() => await Task.Delay(-1);\nF()",
        "A task (WaitingForActivation): write 'await' before it to have what it gives.")]
    public async Task A_task_that_nobody_awaits_is_no_value(string code, string text) =>
        Assert.Equal(text, await new CellBench().ValueAsync(code));
}
