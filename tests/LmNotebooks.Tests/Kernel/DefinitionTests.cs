namespace LmNotebooks.Tests.Kernel;

/// <summary>What a cell may declare.</summary>
public class DefinitionTests
{
    private readonly CellBench bench = new();

    [Fact]
    public async Task A_class_can_be_declared_a_hundred_times()
    {
        for (var i = 1; i <= 100; i++)
            Assert.Equal($"{i}",
                await bench.ValueAsync($"class Model {{ public int Size() {{ var n = 0; while (n < {i}) n++; return n; "
                + $"}} }}\nnew Model().Size()"));
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
        Assert.Equal("[inner.weight, inner.bias]",
            await bench.ValueAsync("new Net().named_parameters().Select(p => p.name)"));
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
        await bench.ShowAsync("var points = new List<Point>();\nawait foreach (var i in Slowly(new[] { 1, 2, 3 })) "
            + "points.Add(new Point(i, i));");
        Assert.Equal("6", await bench.ValueAsync("points.Last().Sum"));
    }

    [Theory]
    [InlineData("Point q = p;")]
    [InlineData("List<Point> q = all;")]
    [InlineData("all.Add(new Point(1));")]
    [InlineData("Draw(new Point(1));")]
    [InlineData("Point q = Origin();")]
    [InlineData("p.Y")]
    public async Task Two_types_of_one_name_are_told_apart_by_their_cells(string code)
    {
        await bench.ShowAsync("""
            record Point(int X);
            var p = new Point(3);
            var all = new List<Point> { p };
            void Draw(Point p) { }
            Point Origin() => new(0);
            """);
        await bench.ShowAsync("record Point(int X) { public int Y => 5; }");
        var message = (await bench.ErrorAsync(code)).Message;
        Assert.EndsWith(": cell 2 declared another 'Point' than cell 1 had; run the cells again that made or use the "
            + "old one", message);
        Assert.DoesNotContain("[", message);
        await bench.ShowAsync("var p = new Point(4);");
        Assert.Equal("5", await bench.ValueAsync("p.Y"));
    }

    [Fact]
    public async Task A_cast_between_two_types_of_one_name_names_their_cells()
    {
        await bench.ShowAsync("class Model { }\nobject model = new Model();");
        await bench.ShowAsync("class Model { }");
        Assert.Equal("InvalidCastException: 'Model' of cell 1 is not the 'Model' of cell 2: run again the cells that "
            + "made or use the old one.",
            (await bench.ErrorAsync("(Model)model")).ToString());
    }

    [Fact]
    public async Task An_error_about_a_class_of_one_cell_speaks_of_no_other()
    {
        await bench.ShowAsync("class Model { public int Size; }");
        await bench.ShowAsync("class Model { public int Size; }\nvar model = new Model();");
        Assert.EndsWith("(are you missing a using directive or an assembly reference?)",
            (await bench.ErrorAsync("model.Depth")).Message);
    }

    [Theory]
    [InlineData("int n = 1;\nint n = 2;", "(2,5): error CS0102: 'n' is declared twice in this cell")]
    [InlineData("class A { }\nclass A { }", "(2,7): error CS0102: 'A' is declared twice in this cell")]
    [InlineData("void F(int x) { }\nvoid F(int x) { }",
        "(2,6): error CS0111: 'F' is declared twice in this cell with the same parameter types")]
    public async Task What_one_cell_declares_twice_is_named(string code, string message) =>
        Assert.Equal(message, (await bench.ErrorAsync(code)).Message);

    [Fact]
    public async Task A_call_that_fits_methods_of_two_cells_names_them()
    {
        await bench.ShowAsync("static int Size(this object a, string b) => 1;");
        await bench.ShowAsync("static int Size(this string a, object b) => 2;");
        var result = await bench.RunAsync("\"a\".Size(\"b\")");
        Assert.True(result.Error is null
            || result.Error.Message.EndsWith("cast an argument, or give one another name"), result.Error?.Message);
    }

    [Theory]
    [InlineData("var n = 1;\nclass A { public int N() => n; }", "hand 'n' over to it, or declare it 'static'")]
    [InlineData("int F() => 1;\nclass A { public int N() => F(); }", "hand 'F' over to it, or declare it 'static'")]
    [InlineData("namespace My.Models { class A { } }", "remove the line, and the braces if there are some")]
    [InlineData("namespace My.Models;\nclass A { }", "remove the line, and the braces if there are some")]
    [InlineData("Span<int> all = stackalloc int[3];", "put it and what uses it into braces { }")]
    [InlineData("var numbers = new int[1];\nref int first = ref numbers[0];",
        "put it and what uses it into braces { }")]
    public async Task What_programs_may_and_cells_may_not_comes_with_the_way_to_write_it(string code, string words) =>
        Assert.EndsWith(words, (await bench.ErrorAsync(code)).Message);

    [Theory]
    [InlineData("class Program { static void Main(string[] args) { Console.Write(1); } }", "Program.Main")]
    [InlineData("static void Main() { Console.Write(1); }", "Main")]
    [InlineData("static void Main() { Console.Write(1); }\nMain();", null)]
    public async Task A_program_of_which_nothing_runs_is_told_so(string code, string? name)
    {
        await bench.ShowAsync(code);
        var advice = $"A cell runs from top to bottom, and nothing in this one calls {name}: add a line that does.\n";
        Assert.Equal(name is null ? "1" : advice, bench.Output.Text);
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
