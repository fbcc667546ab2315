using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Says what the compiler says of a cell in the reader's words: it speaks of the class that a cell is compiled
/// to, and does not know that a name can be declared in several cells.</summary>
internal sealed partial class Advice(CSharpCompilation cell)
{
    private const string Braces =
        "a variable at the top of a cell lives on, which this one cannot; put it and what uses it into braces { }";

    private static readonly Dictionary<string, string> Hints = new()
    {
        ["CS1109"] = "in a cell, write it outside of any class",
        ["CS7021"] = "types of a cell are in no namespace, so remove the line, and the braces if there are some",
        ["CS8345"] = Braces,
        ["CS9378"] = "a cell has one language, so put this line at its top, or into a cell of its own",
    };

    /// <summary>Namespaces that cells want often and do not see by themselves.</summary>
    private static readonly string[] Spaces =
    [
        "System.Diagnostics", "System.Globalization", "System.Net.Http", "System.Numerics", "System.Reflection",
        "System.Runtime.CompilerServices", "System.Text.Json", "System.Text.Json.Nodes",
        "System.Text.RegularExpressions",
    ];

    public string Of(Diagnostic diagnostic)
    {
        var message = InCell().Replace(diagnostic.GetMessage(CultureInfo.InvariantCulture),
            "'$2' is declared twice in this cell$3");
        message = Place().Replace(message, "'$1' of $2");
        var hint = Hints.GetValueOrDefault(diagnostic.Id) ?? Unknown(diagnostic) ?? Misread(diagnostic)
            ?? Reach(diagnostic) ?? Ambiguity(diagnostic) ?? Outdated(diagnostic);
        return hint is null ? message : $"{message.TrimEnd('.')}: {hint}";
    }

    /// <summary>What to say of a program that was put into a cell, and of which nothing runs; null if the cell is
    /// none.</summary>
    public static string? OfProgram(Compilation cell)
    {
        var root = cell.SyntaxTrees.First().GetRoot();
        var methods = root.DescendantNodes().OfType<MethodDeclarationSyntax>();
        var declares = methods.FirstOrDefault(m => m.Identifier.Text == "Main");
        if (declares is null || root.ChildNodes().Any(n => n is GlobalStatementSyntax)) return null;
        var holder = declares.Parent is TypeDeclarationSyntax type ? type.Identifier.Text + "." : "";
        return $"A cell runs from top to bottom, and nothing in this one calls {holder}Main: add a line that does.";
    }

    /// <summary>A well-known type without its namespace.</summary>
    private string? Unknown(Diagnostic diagnostic)
    {
        if (diagnostic.Id is not ("CS0103" or "CS0246")) return null;
        var name = diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan).Split('<')[0];
        bool Has(string space) =>
            cell.GetTypeByMetadataName($"{space}.{name}")?.DeclaredAccessibility == Accessibility.Public;
        var space = Array.Find(Spaces, Has);
        return space is null ? null : $"write 'using {space};' first";
    }

    /// <summary>A <c>ref</c> variable, which scripts take for the head of a method.</summary>
    private string? Misread(Diagnostic diagnostic) =>
        diagnostic.Id == "CS0501" && Node(diagnostic) is MethodDeclarationSyntax { ReturnType: RefTypeSyntax } ? Braces
            : null;

    /// <summary>A call that fits methods of several cells.</summary>
    private string? Ambiguity(Diagnostic diagnostic)
    {
        if (diagnostic.Id != "CS0121" || Node(diagnostic) is not { } node) return null;
        var cells = Model(node).GetSymbolInfo(node).CandidateSymbols.Select(CellOf).Where(c => c.Length > 0).Distinct()
            .ToList();
        return cells.Count > 1
            ? $"they were declared in {string.Join(" and ", cells)}; cast an argument, or give one another name" : null;
    }

    /// <summary>A class of a cell that uses a variable or a function of the cell.</summary>
    private string? Reach(Diagnostic diagnostic) =>
        diagnostic.Id == "CS0120" && Node(diagnostic) is { } node && Model(node).GetSymbolInfo(node) is var info
        && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { ContainingType.IsScriptClass: true } symbol
            ? $"a class does not see what belongs to the cells around it; hand '{symbol.Name}' over to it, or declare "
                + "it 'static'" : null;

    /// <summary>A value or a function of a type that a later cell declared again: two types of one name.</summary>
    private string? Outdated(Diagnostic diagnostic)
    {
        if (Node(diagnostic)?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } around) return null;
        var model = Model(around);
        var types = around.DescendantNodes().OfType<ExpressionSyntax>().SelectMany(e => Types(model, e))
            .SelectMany(Parts);
        foreach (var type in types.Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default))
        {
            if (type.ContainingType?.IsScriptClass != true) continue;
            if (Newest(type) is not { } newest || SymbolEqualityComparer.Default.Equals(newest, type)) continue;
            var (old, now) = (CellOf(type), CellOf(newest));
            if (old != now)
                return $"{now} declared another '{type.Name}' than {old} had; "
                    + "run the cells again that made or use the old one";
        }
        return null;
    }

    private SemanticModel Model(SyntaxNode node) => cell.GetSemanticModel(node.SyntaxTree);

    private SyntaxNode? Node(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree is { } tree && cell.ContainsSyntaxTree(tree)
            ? tree.GetRoot().FindNode(diagnostic.Location.SourceSpan) : null;

    private static IEnumerable<ITypeSymbol?> Types(SemanticModel model, ExpressionSyntax expression)
    {
        var info = model.GetSymbolInfo(expression);
        var called = info.CandidateSymbols.Append(info.Symbol).OfType<IMethodSymbol>();
        return called.SelectMany(m => m.Parameters.Select(p => p.Type)).Prepend(model.GetTypeInfo(expression).Type);
    }

    /// <summary>The types that a type is made of, as <c>Point</c> of <c>List&lt;Point[]&gt;</c>.</summary>
    private static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Prepend(named.OriginalDefinition),
        _ => [],
    };

    private INamedTypeSymbol? Newest(INamedTypeSymbol type)
    {
        for (var at = cell; at is not null; at = at.ScriptCompilationInfo!.PreviousScriptCompilation)
            if (at.ScriptClass!.GetTypeMembers(type.Name, type.Arity).FirstOrDefault() is { } found) return found;
        return null;
    }

    private static string CellOf(ISymbol symbol) => Path.GetFileName(symbol.Locations[0].SourceTree?.FilePath ?? "");

    [GeneratedRegex(@"^(The type|Type) 'Cell#' already (?:contains a definition for|defines a member called) "
        + @"'([^']+)'(.*)$")]
    private static partial Regex InCell();

    /// <summary>Where a type is declared, as the compiler says it of two of one name.</summary>
    [GeneratedRegex(@"'([^'\[]+) \[[^\]']*?([^/\\\]']+)\(\d+\)\]'")]
    private static partial Regex Place();
}
