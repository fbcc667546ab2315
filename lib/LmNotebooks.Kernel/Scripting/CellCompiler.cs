using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>A cell that can run.</summary>
/// <param name="Run">Runs it, and returns the value of its last expression.</param>
/// <param name="HasValue">Whether it ends in an expression, or returns one.</param>
/// <param name="Declared">What it declares, as the reader wrote it.</param>
/// <param name="Dispose">Disposes what it declared with <c>using</c>.</param>
internal sealed record CompiledCell(Func<Task<object>> Run, bool HasValue, Compilation Declared, Func<Task> Dispose);

/// <summary>Compiles cells one after another; each sees what earlier ones declared. Roslyn's own scripting session
/// gives a submission's variables back only when it ends. Here they live in an array of ours, so that a cell that never
/// ends keeps them too.</summary>
internal sealed class CellCompiler(References references, string folder)
{
    /// <summary>The usings of .NET Interactive, and those of a C# project that it lacks. The
    /// notebooks of the course do not count on these: they run there too.</summary>
    private static readonly string[] Usings =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text",
            "System.Threading",
        "System.Threading.Tasks", typeof(CellFunctions).FullName!,
    ];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);
    private static readonly EmitOptions Emitting = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <summary>What every cell is compiled with.</summary>
    public CSharpCompilationOptions Options { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, scriptClassName: "Cell#", usings: Usings, allowUnsafe: true,
        optimizationLevel: OptimizationLevel.Release, assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
        metadataReferenceResolver: references,
            sourceReferenceResolver: new SourceFileResolver(ImmutableArray<string>.Empty, folder));

    private readonly CellAssemblies assemblies = new(references);
    private CSharpCompilation? previous;

    /// <summary>The variables of each compiled cell, where the code that Roslyn emits looks for them; the first place
    /// is not used.</summary>
    private object?[] states = new object?[2];

    private int compiled, slots;

    /// <summary>Compiles a cell and makes its declarations known to later ones.</summary>
    /// <returns>The cell, or why there is none.</returns>
    public (CompiledCell? Cell, CellError? Error) Compile(string code, string cellName, CancellationToken token)
    {
        (code, var sources) = SourceDirectives.Take(code);
        var usings = UsingDeclarations.Read(code);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(usings.Code, Encoding.UTF8), Parsing, cellName, token);
        var root = tree.GetCompilationUnitRoot(token);
        var assembly = $"{Errors.CellAssembly}{++compiled} {cellName}";
        var original = CSharpCompilation.CreateScriptCompilation(assembly, tree,
            previous is null ? References.Default : null, Options, previous, typeof(object));
        if (new ReferenceDirectives(references, cellName).Follow(ref original, sources, token) is { } error)
            return (null, error);
        var (compilation, pe, pdb) = (Instrumentation.Of(original, tree), new MemoryStream(), new MemoryStream());
        var emitted = compilation.Emit(pe, pdb, options: Emitting, cancellationToken: token);
        if (!emitted.Success && compilation != original)
        {
            (compilation, pe, pdb) = (original, new MemoryStream(), new MemoryStream());
            emitted = compilation.Emit(pe, pdb, options: Emitting, cancellationToken: token);
        }
        if (emitted.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            return (null, Errors.Of(emitted.Diagnostics, compilation, cellName));
        if (usings.Problems(compilation).ToList() is { Count: > 0 } problems)
            return (null, new CellError(Errors.Compilation, problems[0], problems));

        // Of a cell that only has directives and usings nothing is emitted, and there is nothing to run.
        var run = emitted.Success ? EntryPoint(compilation, pe, pdb, token) : _ => Task.FromResult<object>(null!);
        if (slots + 2 >= states.Length) Array.Resize(ref states, 2 * states.Length);
        var slot = slots + 1;
        if (Declares(compilation, root)) (previous, slots) = (compilation, slot);
        return (new CompiledCell(() => run(states), HasValue(root), original, () => usings.DisposeAsync(states[slot])),
            null);
    }

    /// <summary>The newest variable of each name.</summary>
    public IReadOnlyList<Variable> Variables() => Variable.Of(previous, states.Take(slots + 1).Reverse());

    private static bool HasValue(CompilationUnitSyntax root) =>
        root.Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true },
        }
        || root.DescendantNodes(n => n is CompilationUnitSyntax or GlobalStatementSyntax
                or (StatementSyntax and not LocalFunctionStatementSyntax))
            .Any(n => n is ReturnStatementSyntax { Expression: not null });

    /// <summary>Whether later cells can need this one: one that only computes is left out of the chain, which every
    /// look-up of a name walks.</summary>
    private static bool Declares(CSharpCompilation compilation, CompilationUnitSyntax root) =>
        root.Usings.Count > 0 || root.ContainsDirectives || compilation.ScriptClass!.GetMembers()
            .Any(m => !m.IsImplicitlyDeclared);

    private Func<object?[], Task<object>> EntryPoint(CSharpCompilation compilation, MemoryStream pe, MemoryStream pdb,
        CancellationToken token)
    {
        (pe.Position, pdb.Position) = (0, 0);
        var entry = compilation.GetEntryPoint(token)!;
        return assemblies.Add(pe, pdb).GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName,
                BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.CreateDelegate<Func<object?[],
                Task<object>>>();
    }
}
