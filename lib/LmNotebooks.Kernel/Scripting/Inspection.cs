using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Signature and documentation of a name in a cell.</summary>
internal static class Inspection
{
    private const int MostOverloads = 10;

    public static async Task<string?> AtAsync(Document document, int position, CancellationToken token)
    {
        var (root, model) = ((await document.GetSyntaxRootAsync(token))!,
            (await document.GetSemanticModelAsync(token))!);
        var at = root.FindToken(position);
        var symbols = new[] { at, at.GetPreviousToken() }.Where(t => t.Span.IntersectsWith(position)).Select(Named)
            .OfType<SyntaxNode>()
            .Select(n => Symbols(model, n, token)).FirstOrDefault(s => s.Count > 0);
        if (symbols is null) return null;
        var lines = symbols.Take(MostOverloads).Select(Signatures.Of).ToList();
        if (symbols.Count > MostOverloads) lines.Add($"... and {symbols.Count - MostOverloads} more");
        if (Documentation.Of(symbols[0], model.Compilation, token) is { Length: > 0 } text) lines.AddRange(["", text]);
        return string.Join('\n', lines);
    }

    /// <summary>What a token names: a word itself, the parenthesis of a call what is called.</summary>
    private static SyntaxNode? Named(SyntaxToken token) => (token.Kind(), token.Parent) switch
    {
        (SyntaxKind.IdentifierToken, var parent) => parent,
        (_, PredefinedTypeSyntax type) => type,
        (SyntaxKind.OpenParenToken, ArgumentListSyntax { Parent: InvocationExpressionSyntax call }) => call.Expression,
        (SyntaxKind.OpenParenToken, ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax creation }) =>
            creation,
        _ => null,
    };

    /// <summary>The meaning first, then the other methods of the name; where the code is not finished, all that it can
    /// mean.</summary>
    private static IReadOnlyList<ISymbol> Symbols(SemanticModel model, SyntaxNode node, CancellationToken token)
    {
        if (model.GetDeclaredSymbol(node, token) is { } declared) return [declared];
        var info = model.GetSymbolInfo(node, token);
        return [.. info.CandidateSymbols.Prepend(info.Symbol).Concat(model.GetMemberGroup(node, token))
            .OfType<ISymbol>()
            .DistinctBy(s => s.OriginalDefinition, SymbolEqualityComparer.Default)];
    }
}
