using System.Reflection;
using System.Runtime.ExceptionServices;
using LmNotebooks.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>The <c>using var x = ...;</c> at the top of a cell. Scripts do not have it; here it is a variable like any
/// other, seen by later cells too, and is disposed when the cell has ended and its value is shown.</summary>
/// <param name="Code">The cell with blanks for the word <c>using</c>: every position stays.</param>
internal sealed record UsingDeclarations(string Code, IReadOnlyList<UsingDeclarations.Declaration> All)
{
    /// <summary>Stands for the name <c>_</c>: a variable of that name would end all discards of later cells.</summary>
    public const string Unnamed = "ˍ";

    private static readonly CSharpParseOptions AsProgram = new(LanguageVersion.Latest, kind: SourceCodeKind.Regular);

    public static UsingDeclarations Read(string code)
    {
        if (!code.Contains("using", StringComparison.Ordinal)) return new(code, []);
        var statements = CSharpSyntaxTree.ParseText(code, AsProgram).GetCompilationUnitRoot().Members
            .OfType<GlobalStatementSyntax>().Select(g => g.Statement).OfType<LocalDeclarationStatementSyntax>()
            .Where(s => s.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)
                && s.Declaration.Variables.All(v => v.Initializer is not null)).ToList();
        if (statements.Count == 0) return new(code, []);
        var changes = statements.SelectMany(s => new[] { s.AwaitKeyword, s.UsingKeyword }).Where(t => t.Span.Length > 0)
            .Select(t => new TextChange(t.Span, new string(' ', t.Span.Length))).Concat(
                statements.SelectMany(s => s.Declaration.Variables).Where(v => v.Identifier.Text == "_")
                    .Select(v => new TextChange(v.Identifier.Span, Unnamed)));
        var declared = statements.SelectMany(s => s.Declaration.Variables.Select(v => new Declaration(
            v.Identifier.Text == "_" ? Unnamed : v.Identifier.ValueText, s.AwaitKeyword.Span.Length > 0,
            s.GetLocation().GetLineSpan().StartLinePosition)));
        return new(SourceText.From(code).WithChanges(changes.OrderBy(c => c.Span.Start)).ToString(), [.. declared]);
    }

    /// <returns>Errors for what is declared so and cannot be disposed.</returns>
    public IEnumerable<string> Problems(CSharpCompilation cell) =>
        from variable in All
        let wanted = cell.GetTypeByMetadataName((variable.IsAsync ? typeof(IAsyncDisposable) : typeof(IDisposable))
            .FullName!)!
        from field in cell.ScriptClass!.GetMembers(variable.Name).OfType<IFieldSymbol>()
        where !cell.ClassifyConversion(field.Type, wanted).IsImplicit
        let keyword = variable.IsAsync ? "await using" : "using"
        select $"({variable.At.Line + 1},{variable.At.Character + 1}): error: "
            + $"'{variable.Name}' cannot be disposed, so '{keyword}' has no meaning for it: remove the word.";

    /// <summary>Disposes what the cell declared with <c>using</c>, the last one first, also where one fails.</summary>
    /// <param name="cell">What holds the cell's variables; null if it did not begin.</param>
    public async Task DisposeAsync(object? cell)
    {
        const BindingFlags Fields =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        // in here alone: what an interrupted cell opened is closed too
        RunHost.Current = new RunHost(null, CancellationToken.None);
        Exception? failed = null;
        foreach (var variable in All.Reverse())
        {
            var value = cell?.GetType().GetField(variable.Name, Fields)?.GetValue(cell);
            try
            {
                if (!variable.IsAsync) (value as IDisposable)?.Dispose();
                else if (value is IAsyncDisposable disposable) await disposable.DisposeAsync();
            }
            catch (Exception e) { failed = e; }
        }
        if (failed is not null) ExceptionDispatchInfo.Throw(failed);
    }

    public sealed record Declaration(string Name, bool IsAsync, LinePosition At);
}
