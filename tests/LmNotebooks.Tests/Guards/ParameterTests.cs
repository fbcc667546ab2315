using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Tests.Kernel;

namespace LmNotebooks.Tests.Guards;

/// <summary>Jupyter's tools set the parameters of a notebook by a cell that they put behind the one tagged
/// "parameters". The cells here are written as papermill writes them for C#.</summary>
public class ParameterTests
{
    private readonly CellBench bench = new();

    public static TheoryData<string> All => NotebookTests.All;

    private static IEnumerable<Cell> CodeOf(string name) =>
        Notebook.Read(Path.Combine(Root.Folder, "notebooks", name)).Cells.Where(c => c.IsCode);

    private static bool IsTagged(Cell cell) => cell.Json["metadata"]!["tags"]?.ToJsonString() == """["parameters"]""";

    [Theory, MemberData(nameof(All))]
    public void Its_first_cell_is_the_one_with_parameters(string name) =>
        Assert.Equal(CodeOf(name).First().Source, Assert.Single(CodeOf(name), IsTagged).Source);

    [Theory, MemberData(nameof(All))]
    public async Task Its_scale_is_the_one_that_was_put_in(string name)
    {
        await bench.ShowAsync(CodeOf(name).First().Source);
        await bench.ShowAsync("// Parameters\nvar scale = \"Ci\";\n");
        Assert.StartsWith("Ci: ", await bench.ValueAsync(CodeOf(name).ElementAt(1).Source));
        Assert.Equal("Ci", await bench.ValueAsync("size.Name"));
    }

    [Fact]
    public async Task A_scale_that_does_not_exist_is_refused_in_a_sentence()
    {
        await bench.ShowAsync(CodeOf("00-start-here.ipynb").First().Source);
        await bench.ShowAsync("// Parameters\nvar scale = \"huge\";\n");
        var error = await bench.ErrorAsync(CodeOf("00-start-here.ipynb").ElementAt(1).Source);
        Assert.Equal("There is no scale 'huge': it is one of Ci, Laptop, Gpu.", error.Message);
    }

    [Theory]
    [InlineData("\"a \\\"b\\\" \\\\ c\\n\"", "a \"b\" \\ c\n")]
    [InlineData("\"caf\\xe9 \\u5909 \\U0001f600\"", "café 変 😀")]
    [InlineData("3", "3")]
    [InlineData("-3000000000L", "-3000000000")]
    [InlineData("1e-05", "1E-05")]
    [InlineData("0.1", "0.1")]
    [InlineData("true", "True")]
    [InlineData("new [] { 1, 2 }", "[1, 2]")]
    [InlineData("new [] { \"a\", \"b\" }", "[a, b]")]
    public async Task Values_of_every_kind_arrive(string written, string value)
    {
        await bench.ShowAsync("var x = \"before\";");
        await bench.ShowAsync($"// Parameters\nvar x = {written};\n");
        Assert.Equal(value, await bench.ValueAsync("x"));
    }

    [Fact]
    public async Task A_dictionary_arrives_with_what_is_in_it()
    {
        const string Written = """new Dictionary<string,Object>{ { "a" , 1 }, { "b" , new [] { 2.5 } } }""";
        await bench.ShowAsync($"// Parameters\nvar x = {Written};\n");
        Assert.Equal("1 2.5", await bench.ValueAsync("$\"{x[\"a\"]} {((double[])x[\"b\"])[0]}\""));
    }
}
