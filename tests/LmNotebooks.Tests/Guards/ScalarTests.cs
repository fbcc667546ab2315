using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Guards;

/// <summary>The numbers that libtorch computes with are held while it reads them.</summary>
public class ScalarTests
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.Linq", "System.Text",
        "System.Threading.Tasks", typeof(CellFunctions).FullName!,
    ];

    private static readonly PortableExecutableReference[] Carried =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string> Notebooks => NotebookTests.All;

    [Theory]
    [InlineData(typeof(Model))]
    [InlineData(typeof(Session))]
    public void Only_one_class_of_the_kit_makes_numbers_for_libtorch(Type one) =>
        Assert.Empty(TemporaryScalars.In(one.Assembly.GetTypes().Except(WithNested(typeof(Scalars)))));

    [Theory, MemberData(nameof(Notebooks))]
    public void No_cell_of_a_notebook_makes_a_number_for_libtorch(string name)
    {
        var (loaded, cells) = (new Dictionary<string, Assembly>(), new AssemblyLoadContext(name));
        cells.Resolving += (_, wanted) => loaded.GetValueOrDefault(wanted.Name!);
        CSharpCompilation? before = null;
        foreach (var cell in Notebook.Read(Path.Combine(Root.Folder, "notebooks", name)).Cells.Where(c => c.IsCode))
        {
            using var image = new MemoryStream();
            before = Compiled(cell.Source, before);
            var emitted = before.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
            Assert.DoesNotContain(emitted.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
            if (!emitted.Success) continue;   // usings alone
            var assembly = cells.LoadFromStream(new MemoryStream(image.ToArray()));
            loaded[assembly.GetName().Name!] = assembly;
            var found = string.Join('\n', TemporaryScalars.In(assembly.GetTypes()));
            Assert.True(found.Length == 0, found);
        }
        Assert.NotEmpty(loaded);
    }

    [Fact]
    public void The_search_finds_every_way_in_which_code_makes_a_number_for_libtorch() =>
        Assert.All(typeof(Careless).GetMethods(BindingFlags.Public | BindingFlags.Static), method =>
            Assert.Contains(TemporaryScalars.In(WithNested(typeof(Careless))), found => found.Split(' ')[0]
                .Contains(method.Name)));

    [Fact]
    public void The_search_passes_over_code_that_makes_none() =>
        Assert.Empty(TemporaryScalars.In(WithNested(typeof(Careful))));

    [Fact]
    public void Sums_and_arithmetic_are_those_of_libtorch_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor x = randn([1000], generator: generator), y = randn([1000], generator: generator) * x.exp().exp();
        (Tensor, Tensor)[] pairs =
        [
            (x.Plus(y), x + y), (x.Plus(0.1), x + 0.1), (x.Over(0.3), x / 0.3),
                (Scalars.With(0.7, n => x.mul(n)), x * 0.7),
            (y.Softplus(), nn.functional.softplus(y)),
        ];
        Assert.All(pairs, p => Assert.Equal(p.Item2.data<float>().ToArray(), p.Item1.data<float>().ToArray()));
    }

    private static IEnumerable<Type> WithNested(Type type) => [type, .. type.GetNestedTypes(BindingFlags.NonPublic)];

    /// <summary>A cell after others, as the kernel compiles it; its references are all that the kit carries.</summary>
    private static CSharpCompilation Compiled(string cell, CSharpCompilation? before)
    {
        var withoutDirectives = Regex.Replace(cell, "^#.*$", "", RegexOptions.Multiline);
        var tree = CSharpSyntaxTree.ParseText(withoutDirectives, new CSharpParseOptions(kind: SourceCodeKind.Script));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: Usings);
        return CSharpCompilation.CreateScriptCompilation($"cell {Guid.NewGuid()}", tree, before is null ? Carried
            : null, options, before);
    }

    private static class Careless
    {
        public static Tensor Sum(Tensor x, Tensor y) => x + y;
        public static Tensor Product(Tensor x) => 2 * x;
        public static Tensor Difference(Tensor x) => 1 - x;
        public static Tensor Power(Tensor x) => x.pow(2);
        public static Tensor Filled() => full(2, 2, 0.5);
        public static Tensor Counted() => arange(5);
        public static Tensor Compared(Tensor x) => x.ge(0);
        public static Tensor Within(Tensor x) => nn.functional.softplus(x);
        public static Tensor OfModule(Tensor x) => nn.ELU().call(x);
        public static object OfOptimizer(nn.Module module) => optim.AdamW(module.parameters());
        public static double Read(Tensor x) => x.ToDouble();
        public static Func<Tensor, Tensor> Delegate() => x => x.add_(x);
        public static IEnumerable<Tensor> Each(Tensor x)
        {
            yield return x.fill_(1);
        }
    }

    private static class Careful
    {
        public static Tensor Computed(Tensor x, Tensor y) => (x.Plus(y) * y - x / y).ge(Scalars.Zero);
        public static Tensor Product(Tensor x) => Scalars.With(2, two => x.mul(two));
        public static Tensor Made() => zeros(2, 2).sum().exp().softmax(0);
        public static Tensor OfModule(Tensor x) => nn.LayerNorm(4).call(nn.Linear(4, 4).call(x));
        public static double Read(Tensor x) => x.item<double>();
    }
}
