namespace LmNotebooks.Tests.Kernel;

/// <summary>What a cell says about what went wrong in it.</summary>
public class ErrorTests
{
    private readonly CellBench bench = new();

    [Theory]
    [InlineData("torch.zeros(2, 3) + torch.zeros(4)",
        "ExternalException: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1")]
    [InlineData("torch.zeros(2, 3).mm(torch.zeros(4, 4))",
        "ExternalException: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x4)")]
    [InlineData("Task.Run(() => torch.zeros(2, 3) + torch.zeros(4)).Result",
        "ExternalException: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1")]
    public async Task An_error_of_libtorch_is_its_first_sentence(string code, string sentence)
    {
        var error = await bench.ErrorAsync($"#r \"nuget: TorchSharp\"\nusing TorchSharp;\n{code}");
        Assert.Equal(sentence, error.ToString());
        Assert.Equal(sentence, error.Traceback[0]);
        Assert.DoesNotContain("frame #", string.Join("\n", error.Traceback));
        Assert.Equal("   at cell 1, line 3", error.Traceback[^1]);
    }

    [Theory]
    [InlineData("a.matmul(a)", "[2, 3] and [2, 3]: rows of 3 numbers meet columns of 2.")]
    [InlineData("var b = a\n    .matmul(ones(3, 3));\nb.matmul(b)", "[2, 3] and [2, 3]: rows")]
    [InlineData("a.matmul(ones(2, 3, 4).matmul(ones(3, 4, 4)))", "[2, 3, 4] and [3, 4, 4]: the dimensions before")]
    [InlineData("torch.matmul(a, a)", "[2, 3] and [2, 3]: rows")]
    [InlineData("matmul(target: a, input: ones(2, 2).matmul(a))", "[2, 3] and [2, 3]: rows")]
    [InlineData("a.matmul(ones(3, 2, int64))", "[2, 3] and [3, 2]: they are Float32 and Int64.")]
    [InlineData("ones(2, 2, @bool).matmul(ones(2, 2, @bool))", "[2, 2] and [2, 2]: they are Bool.")]
    [InlineData("a.matmul(tensor(1f))", "[2, 3] and []: a tensor without dimensions")]
    [InlineData("new[] { a }.Select(x => x.matmul(x)).ToList()", "[2, 3] and [2, 3]: rows")]
    [InlineData("Tensor F(Tensor x) => x.matmul(x);\nF(a)", "[2, 3] and [2, 3]: rows")]
    public async Task Tensors_that_do_not_fit_a_product_are_an_error_of_the_cell(string code, string sentence)
    {
        await bench.ValueAsync("#r \"nuget: TorchSharp\"\nusing TorchSharp;\nusing static TorchSharp.torch;\n"
            + "var a = ones(2, 3);\n1");
        var error = await bench.ErrorAsync(code);
        Assert.StartsWith($"ArgumentException: matmul cannot multiply {sentence}", error.ToString());
        Assert.Equal($"   at cell 2, line {code.Split('\n').Length}", error.Traceback[^1]);
        Assert.Equal("9", await bench.ValueAsync("a.matmul(a.t()).matmul(ones(2)).sum().item<float>() - 3"));
        Assert.Equal("2", await bench.ValueAsync("$\"{ones(1, 2).matmul(ones(2, 3))[0, 0].item<float>():F0}\""));
    }

    [Fact]
    public async Task Of_several_exceptions_each_is_told()
    {
        var error = await bench.ErrorAsync("""
            Task Fails(string text) => Task.Run(() => int.Parse(text));
            Task.WhenAll(Fails("x"), Fails("y")).Wait();
            """);
        Assert.Equal("AggregateException: 2 errors occurred.", error.ToString());
        Assert.Equal(["caused by FormatException: The input string 'x' was not in a correct format.",
            "caused by FormatException: The input string 'y' was not in a correct format."],
            error.Traceback.Where(l => l.StartsWith("caused")).Order());
    }

    [Theory]
    [InlineData("async Task F()\n{\n    while (true)\n    {\n        await Task.Yield();\n        throw new "
        + "Exception();\n    }\n}\nawait F();", 6)]
    [InlineData("Func<int, int> f = x =>\n    x / 0 * x;\nf(1)", 2)]
    [InlineData("var f = (int x) => // one\n{\n    for (var i = 0; ; i++) if (i == 3) throw new "
        + "Exception();\n};\nf(1);", 3)]
    [InlineData("class A\n{\n    public int P\n        => throw new Exception();\n}\nvar a = new A().P;", 4)]
    [InlineData("IEnumerable<int> All()\n{\n    yield return 1;\n    throw new Exception();\n}\nforeach (var i in "
        + "All()) { }", 4)]
    [InlineData("async IAsyncEnumerable<int> All()\n{\n    yield return await Task.FromResult(1);\n    throw new "
        + "Exception();\n}\nawait foreach (var i in All()) { }", 4)]
    public async Task The_line_of_the_cell_is_named_in_every_kind_of_function(string code, int line) =>
        Assert.Equal($"   at cell 1, line {line}", (await bench.ErrorAsync(code.Replace("x / 0", "x / (x - 1)")))
            .Traceback[1]);

    [Theory]
    [InlineData("Stopwatch.StartNew()", "System.Diagnostics")]
    [InlineData("CultureInfo.InvariantCulture", "System.Globalization")]
    [InlineData("MethodInfo m = null;", "System.Reflection")]
    [InlineData("Regex.IsMatch(\"a\", \"b\")", "System.Text.RegularExpressions")]
    [InlineData("using var client = new HttpClient();", "System.Net.Http")]
    public async Task A_type_without_its_using_line_is_told_which_one_it_wants(string code, string space)
    {
        Assert.EndsWith($": write 'using {space};' first", (await bench.ErrorAsync(code)).Message);
        Assert.Null((await bench.RunAsync($"using {space};\n{code}")).Error);
    }

    [Fact]
    public async Task Columns_of_compilation_errors_are_the_readers_own() =>
        Assert.StartsWith("(1,32): error CS0103", (await bench.ErrorAsync("while (true) { int x = 1; x += nothing; }"))
            .Message);
}
