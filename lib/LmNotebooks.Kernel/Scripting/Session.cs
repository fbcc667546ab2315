using System.Collections.Immutable;
using System.Text;
using LmNotebooks.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>A C# session: cells run one after another and see what earlier ones declared. A cell that fails keeps what it had assigned
/// before. Run one cell at a time.</summary>
public sealed class Session
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading",
        "System.Threading.Tasks", typeof(CellFunctions).FullName!,
    ];

    private readonly InteractiveAssemblyLoader loader = new();
    private readonly References references;
    private readonly ScriptOptions options;
    private ScriptState<object>? state;

    /// <summary>Completion and the like, against all that the cells have declared so far.</summary>
    public LanguageService Language { get; }

    /// <param name="folder">Where relative paths of <c>#r</c> and <c>#load</c> begin: the notebook's folder.</param>
    public Session(string folder)
    {
        folder = Path.GetFullPath(folder);
        references = new References(folder, loader);
        options = ScriptOptions.Default
            .WithReferences(References.Default)
            .WithMetadataResolver(references)
            .WithSourceResolver(new SourceFileResolver(ImmutableArray<string>.Empty, folder))
            .WithImports(Usings)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithAllowUnsafe(true);
        Language = new LanguageService(options);
    }

    /// <summary>Compiles and runs one cell. Errors of the cell are in the result; this method throws none.</summary>
    /// <param name="cellName">What error messages call the cell: "cell 4".</param>
    /// <param name="output">Receives what the cell writes and displays; all text is there when the task ends, except what background
    /// tasks of the cell write later.</param>
    /// <param name="token">Stops training runs that the cell started, and the cell before it begins. Other code runs to its end.</param>
    public Task<CellResult> RunAsync(string code, string cellName, IOutput output, CancellationToken token) => Task.Run(async () =>
    {
        using var console = CellConsole.Begin(output);
        RunHost.Current = new RunHost(output.Progress, token);
        try { return await ExecuteAsync(code, cellName, token); }
        catch (CompilationErrorException e) { return new CellResult(null, Errors.Of(e.Diagnostics, cellName)); }
        catch (Exception e) { return new CellResult(null, Errors.Of(e)); }
    }, CancellationToken.None);

    private async Task<CellResult> ExecuteAsync(string code, string cellName, CancellationToken token)
    {
        var cellOptions = options.WithFilePath(cellName);
        Script<object> script = state is null
            ? CSharpScript.Create<object>(code, cellOptions, assemblyLoader: loader)
            : state.Script.ContinueWith<object>(code, cellOptions);
        var root = (CompilationUnitSyntax)await script.GetCompilation().SyntaxTrees.Single(t => t.FilePath == cellName).GetRootAsync(token);
        if (ReferenceError(root) is { } error) return new CellResult(null, error);

        var ran = state is null
            ? await script.RunAsync(globals: null, catchException: _ => true, token)
            : await script.RunFromAsync(state, catchException: _ => true, token);
        state = ran;
        Language.Promote(script.GetCompilation());
        if (ran.Exception is { } exception) return new CellResult(null, Errors.Of(exception));
        var hasValue = root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };
        return new CellResult(hasValue && ran.ReturnValue is { } value ? MimeBundle.Of(value) : null, null);
    }

    private CellError? ReferenceError(CompilationUnitSyntax root)
    {
        var lines = root.GetReferenceDirectives()
            .Select(d => (Line: d.GetLocation().GetLineSpan().StartLinePosition.Line + 1, Problem: references.Problem(d.File.ValueText)))
            .Where(p => p.Problem is not null).Select(p => $"({p.Line},1): error: {p.Problem}").ToList();
        return lines.Count == 0 ? null : new CellError(Errors.Compilation, lines[0], lines);
    }
}
