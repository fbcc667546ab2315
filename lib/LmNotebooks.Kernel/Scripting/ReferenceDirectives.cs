using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Packages;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Follows the <c>#r</c> of a cell, and of the files that it loads, before it is compiled: all its packages at
/// once, so that they fit each other.</summary>
internal sealed class ReferenceDirectives(References references, string cellName)
{
    private readonly List<string> problems = [];
    private readonly List<(PackageRequest Request, string Place)> packages = [];

    /// <param name="cell">Gets the assemblies of the packages.</param>
    /// <param name="sources">Where else to look for packages, and the lines that say so.</param>
    /// <returns>What is wrong with them; null for nothing.</returns>
    public CellError? Follow(
        ref CSharpCompilation cell, IEnumerable<(string Source, int Line)> sources, CancellationToken token)
    {
        foreach (var (source, line) in sources)
            Try($"({line},1)", () => SourceDirectives.Follow(source, references.Folder, references.Packages));
        var roots = cell.SyntaxTrees.Select(t => t.GetCompilationUnitRoot(token));
        foreach (var directive in roots.SelectMany(r => r.GetReferenceDirectives()))
            Read(directive.File.ValueText, Place(directive));
        if (problems.Count == 0 && packages.Count > 0) Try(packages[0].Place, () => Add(token));
        if (problems.Count > 0) return new CellError(Errors.Compilation, problems[0], problems);
        var assemblies = packages.SelectMany(p => references.Of(p.Request)).Distinct();
        cell = cell.AddReferences(assemblies.Except(cell.ExternalReferences));
        return null;
    }

    private void Read(string reference, string place)
    {
        if (PackageRequest.IsPackage(reference))
            Try(place, () => packages.Add((PackageRequest.Parse(reference), place)));
        else if (references.Problem(reference) is { } problem) Tell(place, problem);
    }

    /// <summary>While it lasts the cell shows what it waits for; what it shows in the end is the same each
    /// time.</summary>
    private void Add(CancellationToken token)
    {
        var console = CellConsole.Current;
        string? shown = null;
        IReadOnlyList<string> notes;
        try { notes = references.Packages.Add([.. packages.Select(p => p.Request)], Show, token); }
        finally { if (shown is not null) console?.Clear(wait: false); }
        foreach (var note in notes) console?.Write("stdout", note + "\n");

        void Show(string names, TimeSpan time)
        {
            var sentence = FormattableString.Invariant($"Restoring {names}: {time.TotalSeconds:F0} s");
            var text = new JsonObject { ["text/plain"] = sentence };
            if (shown is null) console?.Display(text, shown = Guid.NewGuid().ToString("N"));
            else console?.Update(text, shown);
        }
    }

    private void Try(string place, Action follow)
    {
        try { follow(); }
        catch (PackageException e)
        {
            var asker = packages.Find(p => p.Request.Name.Equals(e.Package, StringComparison.OrdinalIgnoreCase));
            Tell(asker.Place ?? place, e.Message);
        }
    }

    private void Tell(string place, string problem) => problems.Add($"{place}: error: {problem}");

    private string Place(ReferenceDirectiveTriviaSyntax directive)
    {
        var file = directive.SyntaxTree.FilePath;
        var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return $"{(file == cellName ? "" : Path.GetFileName(file))}({line},1)";
    }
}
