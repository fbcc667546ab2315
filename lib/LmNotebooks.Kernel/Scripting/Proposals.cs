using System.Collections.Frozen;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Recommendations;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Roslyn's completion in the form that notebooks ask for: one span, plain texts, a kind and a signature
/// each.</summary>
internal static class Proposals
{
    /// <summary>Enough for the largest class (TorchSharp's <c>torch</c>), because editors filter a list that they have
    /// and do not ask again.</summary>
    private const int Most = 2000;

    /// <summary>Roslyn takes up to 50 ms to write out an override, or to describe what is not a symbol in scope: so
    /// many may a list cost.</summary>
    private const int MostCostly = 10;

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        [WellKnownTags.Class] = "class", [WellKnownTags.Structure] = "struct", [WellKnownTags.Interface] = "interface",
            [WellKnownTags.Enum] = "enum",
        [WellKnownTags.EnumMember] = "enumMember", [WellKnownTags.Delegate] = "delegate",
            [WellKnownTags.Event] = "event", [WellKnownTags.Field] = "field",
        [WellKnownTags.Constant] = "constant", [WellKnownTags.Property] = "property", [WellKnownTags.Method] = "method",
        [WellKnownTags.ExtensionMethod] = "method", [WellKnownTags.Local] = "variable",
            [WellKnownTags.RangeVariable] = "variable",
        [WellKnownTags.Parameter] = "parameter", [WellKnownTags.TypeParameter] = "typeParameter",
            [WellKnownTags.Namespace] = "module",
        [WellKnownTags.Keyword] = "keyword", [WellKnownTags.Folder] = "folder", [WellKnownTags.File] = "file",
    }.ToFrozenDictionary();

    public static async Task<Completions> AtAsync(Document document, int position, CancellationToken token)
    {
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position, cancellationToken: token);
        var text = await document.GetTextAsync(token);
        var typed = list.ItemsList.Count == 0 ? "" : text.ToString(TextSpan.FromBounds(list.Span.Start, position));
        var fitting = list.ItemsList.Where(IsNear).Select(i => (Item: i, Rank: Rank(i.FilterText, typed)))
            .Where(i => i.Rank is not null).OrderBy(i => i.Rank).Select(i => i.Item).ToLookup(i => i.IsComplexTextEdit);
        CompletionItem[] items = [.. fitting[true].Take(MostCostly), .. fitting[false].Take(Most)];
        if (items.Length == 0) return new Completions(position, position, []);

        var symbolsOf = await SymbolsAsync(document, position, token);
        var described = 0;
        var found = new List<(TextChange Change, string Kind, string Signature)>();
        foreach (var item in items)
        {
            var change = (await service.GetChangeAsync(document, item, cancellationToken: token)).TextChange;
            var kind = item.Tags.Select(Kinds.GetValueOrDefault).FirstOrDefault(k => k is not null) ?? "text";
            var named = symbolsOf(item);
            if (named is [IFieldSymbol { ContainingType.IsScriptClass: true }, ..]) kind = "variable";
            var signature = named.Count > 0 ? Signatures.OfAll(named)
                : kind == "keyword" || described++ >= MostCostly ? ""
                : (await service.GetDescriptionAsync(document, item, token))?.Text.Split('\n')[0].Trim() ?? "";
            found.Add((change, kind, signature));
        }
        // One span for all: a proposal that replaces less of it repeats the rest.
        var (start, end) = (found.Min(f => f.Change.Span.Start), Math.Max(position, found.Max(f => f.Change.Span.End)));
        string Text(int from, int to) => text.ToString(TextSpan.FromBounds(from, to));
        return new Completions(start, end, [.. found.Select(f => new Completion(
            Text(start, f.Change.Span.Start) + f.Change.NewText + Text(f.Change.Span.End, end), f.Kind, f.Signature))
                .Distinct()]);
    }

    /// <summary>What a name at the position can mean: what is in scope or stands behind the dot, and the members that
    /// an initialiser sets.</summary>
    private static async Task<Func<CompletionItem,
        List<ISymbol>>> SymbolsAsync(Document document, int position, CancellationToken token)
    {
        var (root, model) = ((await document.GetSyntaxRootAsync(token))!,
            (await document.GetSemanticModelAsync(token))!);
        var inScope = (await Recommender.GetRecommendedSymbolsAtPositionAsync(document, position,
            cancellationToken: token))
            .ToLookup(s => (s.Name, (int)s.Kind, s is IMethodSymbol { Arity: > 0 } or INamedTypeSymbol { Arity: > 0 }));
        var braces = root.FindToken(Math.Max(0, position - 1)).Parent!.AncestorsAndSelf()
            .OfType<InitializerExpressionSyntax>().FirstOrDefault();
        var made = braces is null ? null : model.GetTypeInfo(braces.Parent!, token).Type;
        var members = (made is null ? [] : model.LookupSymbols(position, made)).ToLookup(s => s.Name);
        // Roslyn notes the symbol's name and kind on a proposal from the scope, on others only what it says.
        return item => item.Properties.TryGetValue("SymbolName", out var name)
            ? [.. inScope[(name, int.Parse(item.Properties["SymbolKind"], CultureInfo.InvariantCulture),
                item.Properties.ContainsKey("IsGeneric"))]]
            : [.. members[item.DisplayText]];
    }

    /// <summary>Types of namespaces without a using line and snippets change more than the place of the cursor. So do
    /// overrides, which stand next to it.</summary>
    private static bool IsNear(CompletionItem item) => !item.IsComplexTextEdit
        || item.Properties.ContainsKey("Modifiers");

    /// <summary>0 for a name that begins with what was typed, 1 for one that contains it or whose capitals begin with
    /// it, null for others.</summary>
    private static int? Rank(string name, string typed)
    {
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) return 0;
        var capitals = string.Concat(name.Where(char.IsUpper));
        return name.Contains(typed, StringComparison.OrdinalIgnoreCase)
            || capitals.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1 : null;
    }
}
