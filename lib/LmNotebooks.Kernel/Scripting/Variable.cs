using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>A variable of the cells, as <c>#!whos</c> shows it.</summary>
public sealed record Variable(string Name, string Type, string Value)
{
    private const int Longest = 80;
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The newest variable of each name, by name.</summary>
    /// <param name="newest">The last cell that declared something.</param>
    /// <param name="states">What holds the variables of each cell, the newest first.</param>
    internal static IReadOnlyList<Variable> Of(CSharpCompilation? newest, IEnumerable<object?> states)
    {
        var cells = Cells(newest).Zip(states, (cell, state) => cell.ScriptClass!.GetMembers().OfType<IFieldSymbol>()
            .Where(f => f.CanBeReferencedByName && f.Name != UsingDeclarations.Unnamed && state is not null)
                .Select(f => Of(f, state!)));
        return [.. cells.SelectMany(c => c).DistinctBy(v => v.Name).OrderBy(v => v.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<CSharpCompilation> Cells(CSharpCompilation? cell)
    {
        for (; cell is not null; cell = cell.ScriptCompilationInfo!.PreviousScriptCompilation) yield return cell;
    }

    private static Variable Of(IFieldSymbol field, object state)
    {
        var value = state.GetType().GetField(field.MetadataName, Fields)?.GetValue(state);
        var text = string.Join(' ', ((string)MimeBundle.Of(value)["text/plain"]!)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new(field.Name, field.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            text.Length <= Longest ? text : text[..Longest] + " ...");
    }
}
