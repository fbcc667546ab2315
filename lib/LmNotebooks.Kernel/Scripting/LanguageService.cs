using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Answers what an editor asks about code that has not run: against all that earlier cells declared. Safe to
/// ask from any thread; questions are answered one at a time.</summary>
public sealed class LanguageService
{
    /// <summary>The one open end that Roslyn's IsCompleteSubmission does not count.</summary>
    private const string OpenRawString = "CS8997";

    private readonly SemaphoreSlim gate = new(1);
    private readonly EarlierCells earlier = new();
    private readonly Lazy<CellWorkspace> workspace;

    /// <param name="options">What the cells are compiled with.</param>
    internal LanguageService(CSharpCompilationOptions options) => workspace = new(() => new CellWorkspace(options));

    /// <summary>Makes what an executed cell declared known to later questions. It does not wait for a question under
    /// way.</summary>
    internal void Promote(Compilation cell) => earlier.Add(cell);

    /// <param name="position">In UTF-16 units; one beyond the end counts as the end.</param>
    public Task<Completions> CompleteAsync(string code, int position, CancellationToken token) =>
        AskAsync(code, position, Proposals.AtAsync, token);

    /// <returns>Signature and documentation of what stands at the position, as plain text; null if there is nothing to
    /// say.</returns>
    /// <param name="position">In UTF-16 units; one beyond the end counts as the end.</param>
    public Task<string?> InspectAsync(string code, int position, CancellationToken token) =>
        AskAsync(code, position, Inspection.AtAsync, token);

    /// <summary>Loads the compiler's services in the background: the first question takes seconds, later ones do
    /// not.</summary>
    public Task WarmAsync() => CompleteAsync("Console.", int.MaxValue, CancellationToken.None);

    public static Completeness IsComplete(string code)
    {
        var magic = Magic.Read(code);
        if (magic.Result is not null) return Completeness.Complete;
        var submission = UsingDeclarations.Read(SourceDirectives.Take(magic.Code).Code).Code;
        var tree = CSharpSyntaxTree.ParseText(submission, CellWorkspace.Parsing);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return Completeness.Incomplete;
        var errors = tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        return errors.Count == 0 ? Completeness.Complete : errors.All(d => d.Id == OpenRawString)
            ? Completeness.Incomplete : Completeness.Invalid;
    }

    private Task<T> AskAsync<T>(string code, int position, Func<Document, int, CancellationToken, Task<T>> answer,
        CancellationToken token) =>
        Task.Run(async () =>
        {
            var script = UsingDeclarations.Read(Magic.Read(code).Code).Code;
            await gate.WaitAsync(token);
            try { return await answer(workspace.Value.Open(script, earlier.Sum), Math.Clamp(position, 0, code.Length),
                token); }
            finally { gate.Release(); }
        }, token);
}
