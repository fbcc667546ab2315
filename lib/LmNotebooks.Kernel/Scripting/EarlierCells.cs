using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>What all executed cells declared, as one script.</summary>
internal sealed record CellSum(string Code, ImmutableArray<MetadataReference> References);

/// <summary>Keeps the newest declaration of each name, so that a question after a thousand cells costs as much as after
/// one.</summary>
internal sealed class EarlierCells
{
    /// <summary>A variable as <c>global::System.Int32 name</c>: right whatever names later cells declare.</summary>
    private static readonly SymbolDisplayFormat Variable = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeType)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly List<(string Name, string Key, string Code)> usings = [], members = [];

    /// <summary>Replaced as a whole by <see cref="Add"/>, so that a reader on another thread sees one state of
    /// it.</summary>
    public CellSum Sum { get; private set; } = new("", []);

    public void Add(Compilation cell)
    {
        foreach (var line in cell.SyntaxTrees.SelectMany(t => ((CompilationUnitSyntax)t.GetRoot()).Usings))
            Replace(usings, line.Alias?.Name.ToString() ?? line.ToString(), "", line.ToString());
        foreach (var member in cell.ScriptClass!.GetMembers()
            .Where(m => m.CanBeReferencedByName && !m.IsImplicitlyDeclared))
        {
            var parameters = member is IMethodSymbol m
                ? $"({string.Join(',', m.Parameters.Select(p => p.Type.ToDisplayString()))})" : "";
            Replace(members, member.MetadataName, parameters, Declaration(member));
        }
        var references = Sum.References.Concat(cell.DirectiveReferences).Concat(cell.ExternalReferences)
            .Except(References.Default);
        Sum = new(string.Join('\n', usings.Concat(members).Select(d => d.Code)),
            [.. references.DistinctBy(r => r.Display)]);
    }

    /// <summary>Overloads of a method live beside each other; everything else with the same name gives way.</summary>
    private static void Replace(List<(string Name, string Key, string Code)> all, string name, string key, string code)
    {
        all.RemoveAll(d => d.Name == name && (d.Key == key || d.Key == "" || key == ""));
        all.Add((name, key, code));
    }

    private static string Declaration(ISymbol member)
    {
        // A type without a name, as of "new { X = 1 }", is known by the variable's initial value only.
        var variable = member is IFieldSymbol ? member.ToDisplayString(Variable) : null;
        if (variable?.Contains("<anonymous ", StringComparison.Ordinal) == false) return variable + ";";
        return string.Join('\n', member.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax().AncestorsAndSelf().OfType<MemberDeclarationSyntax>().First())
            .Where(m => m is not GlobalStatementSyntax).Select(m => WithoutDirectives(m).ToFullString()));
    }

    /// <summary>A declaration out of its place must not bring one half of an <c>#if</c> or <c>#region</c>
    /// along.</summary>
    private static SyntaxNode WithoutDirectives(SyntaxNode node) => node.ReplaceTrivia(
        node.DescendantTrivia().Where(t => t.IsDirective || t.IsKind(SyntaxKind.DisabledTextTrivia)), (_, _) =>
            default);
}
