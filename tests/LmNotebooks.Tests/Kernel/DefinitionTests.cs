namespace LmNotebooks.Tests.Kernel;

/// <summary>What a cell may declare.</summary>
public class DefinitionTests
{
    private readonly CellBench bench = new();

    [Fact]
    public async Task A_class_can_be_declared_a_hundred_times()
    {
        for (var i = 1; i <= 100; i++)
            Assert.Equal($"{i}", await bench.ValueAsync($"class Model {{ public int Size() {{ var n = 0; while (n < {i}) n++; return n; }} }}\nnew Model().Size()"));
    }

    [Fact]
    public async Task A_module_of_a_cell_registers_its_parts()
    {
        await bench.ShowAsync("""
            #r "nuget: TorchSharp"
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            class Net : nn.Module<Tensor, Tensor>
            {
                private readonly Linear inner = nn.Linear(3, 2);
                public Net() : base("net") => RegisterComponents();
                public override Tensor forward(Tensor x) => inner.call(x);
            }
            """);
        Assert.Equal("[inner.weight, inner.bias]", await bench.ValueAsync("new Net().named_parameters().Select(p => p.name)"));
        Assert.Equal("2", await bench.ValueAsync("new Net().call(zeros(4, 3)).shape[1]"));
    }

    [Fact]
    public async Task Records_generic_methods_extension_methods_and_asynchronous_iterators_are_there_in_later_cells()
    {
        await bench.ShowAsync("""
            record Point(int X, int Y) { public int Sum => X + Y; }
            static T Last<T>(this IReadOnlyList<T> list) where T : notnull => list[list.Count - 1];
            async IAsyncEnumerable<T> Slowly<T>(IEnumerable<T> items) { foreach (var item in items) { await Task.Yield(); yield return item; } }
            """);
        await bench.ShowAsync("var points = new List<Point>();\nawait foreach (var i in Slowly(new[] { 1, 2, 3 })) points.Add(new Point(i, i));");
        Assert.Equal("6", await bench.ValueAsync("points.Last().Sum"));
    }

    [Theory]
    [InlineData("Script")]
    [InlineData("Cell")]
    [InlineData("Program")]
    [InlineData("Submission")]
    public async Task A_class_can_have_any_name(string name) =>
        Assert.Equal(name, await bench.ValueAsync($"class {name} {{ }}\nnew {name}().GetType().Name"));

    [Fact]
    public async Task One_assembly_can_be_referred_to_in_many_cells()
    {
        await bench.ShowAsync("#r \"LmNotebooks.dll\"\nusing LmNotebooks.Training;\nvar host = RunHost.Current;");
        await bench.ShowAsync("#r \"LmNotebooks.dll\"\nhost = RunHost.Current;");
        Assert.Equal("RunHost", await bench.ValueAsync("#r \"LmNotebooks.dll\"\nhost.GetType().Name"));
    }

    [Fact]
    public async Task A_library_of_the_reader_is_loaded_with_what_lies_beside_it()
    {
        var compiler = new CellBench();
        await compiler.ShowAsync($$"""
            #r "Microsoft.CodeAnalysis.CSharp.dll"
            using Microsoft.CodeAnalysis;
            using Microsoft.CodeAnalysis.CSharp;
            string Build(string name, string code, params string[] references)
            {
                var path = System.IO.Path.Combine(@"{{bench.Folder}}", name + ".dll");
                var paths = references.Append(typeof(object).Assembly.Location);
                CSharpCompilation.Create(name, new[] { CSharpSyntaxTree.ParseText(code) }, paths.Select(p => MetadataReference.CreateFromFile(p)),
                    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
                return path;
            }
            var inner = Build("Inner", "public static class Inner { public static int Value() => 11; }");
            Build("Outer", "public static class Outer { public static int Value() => Inner.Value(); }", inner);
            """);
        Assert.Equal("11", await bench.ValueAsync("#r \"Outer.dll\"\nOuter.Value()"));
    }
}
