namespace LmNotebooks.Tests.Kernel;

/// <summary>Variables that a cell declares with <c>using</c>.</summary>
[Collection(nameof(LanguageQuestions))]
public class UsingDeclarationTests : LanguageQuestions
{
    private const string Door = """
        class Door(string name) : IDisposable, IAsyncDisposable
        {
            public string Name => name;
            public void Dispose() => Console.Write($"{name} shut, ");
            public async ValueTask DisposeAsync() { await Task.Yield(); Console.Write($"{name} shut later, "); }
        }
        """;

    private readonly CellBench bench = new();

    [Theory]
    [InlineData("using var a = new Door(\"a\");\na.Name", "a shut, ")]
    [InlineData("using Door a = new(\"a\"), b = new(\"b\");\na.Name", "b shut, a shut, ")]
    [InlineData("using var a = new Door(\"a\");\nawait using var b = new Door(\"b\");\na.Name",
        "b shut later, a shut, ")]
    [InlineData("var x = 1; using var a = new Door(\"a\"); // using var b\nreturn a.Name;", "a shut, ")]
    [InlineData("using System.Text;\nusing var a = new Door(\"a\");\nusing (var b = new Door(\"b\")) x = 2;\na.Name",
        "b shut, a shut, ")]
    public async Task They_are_disposed_when_the_cell_has_ended_the_last_first(string code, string closed)
    {
        await bench.ShowAsync(Door + "\nint x;");
        Assert.Equal("a", await bench.ValueAsync(code));
        Assert.Equal(closed, bench.Output.Text);
    }

    [Fact]
    public async Task They_are_disposed_also_after_an_error_and_the_error_is_told()
    {
        await bench.ShowAsync(Door);
        var error =
            await bench.ErrorAsync("using var a = new Door(\"a\");\nthrow new Exception(\"boo\");\nusing var b = new "
            + "Door(\"b\");");
        Assert.Equal(["Exception: boo", "   at cell 2, line 2"], error.Traceback);
        Assert.Equal("a shut, ", bench.Output.Text);
    }

    [Fact]
    public async Task They_are_disposed_when_the_cell_is_interrupted()
    {
        await bench.ShowAsync(Door);
        await bench.InterruptAsync("using var a = new Door(\"a\");\nConsole.WriteLine(\"started\");\nwhile (true) { }");
        Assert.Equal("started\na shut, ", bench.Output.Text);
    }

    [Fact]
    public async Task An_error_of_one_is_the_cells_and_the_others_are_disposed()
    {
        await bench.ShowAsync(Door
            + "\nclass Stuck : IDisposable { public void Dispose() => throw new Exception(\"stuck\"); }");
        Assert.Equal("Exception: stuck",
            (await bench.ErrorAsync("using var a = new Door(\"a\");\nusing var b = new Stuck();")).ToString());
        Assert.Equal("a shut, ", bench.Output.Text);
    }

    [Fact]
    public async Task The_value_is_shown_before_what_it_needs_is_disposed()
    {
        await bench.ShowAsync("#r \"nuget: TorchSharp\"\nusing TorchSharp;");
        Assert.EndsWith(": 0, 0, 0",
            await bench.ValueAsync("using var scope = torch.NewDisposeScope();\ntorch.zeros(3)"));
    }

    [Fact]
    public async Task Later_cells_know_the_variable_and_discards_go_on_working()
    {
        await bench.ShowAsync(Door);
        await bench.ShowAsync("using var _ = new Door(\"a\");\nusing var b = new Door(\"b\");");
        Assert.Equal("bTrue", await bench.ValueAsync("_ = 5;\nb.Name + int.TryParse(\"1\", out _)"));
    }

    [Fact]
    public async Task What_cannot_be_disposed_is_named()
    {
        Assert.Equal("(2,1): error: 'n' cannot be disposed, so 'using' has no meaning for it: remove the word.",
            (await bench.ErrorAsync("\nusing var n = 5;")).Message);
        Assert.StartsWith("(1,22): error CS1002: ;", (await bench.ErrorAsync("using System.Numerics\nvar x = 1;"))
            .Message);
        Assert.StartsWith("(1,15): error CS0103:", (await bench.ErrorAsync("using var a = nothing;")).Message);
    }

    [Fact]
    public async Task Completion_and_inspection_see_them()
    {
        Assert.Contains("Length", await TextsAsync("using var stream = new MemoryStream();\nstream.|"));
        Assert.Contains("CanRead", await TextsAsync("await using var stream = new MemoryStream();\nstream.Can|"));
        Assert.Contains("MemoryStream stream",
            await InspectAsync("using var stream = new MemoryStream();\nstream|.Length"));
        await RunAsync("using var stream = new MemoryStream();");
        Assert.Contains("Length", await TextsAsync("stream.|"));
    }
}
