using System.Text.Json.Nodes;
using NuGet.Versioning;

namespace LmNotebooks.Kernel.Packages;

/// <summary>A package as it lies on this machine. Paths are absolute.</summary>
/// <param name="Compile">Assemblies that code refers to.</param>
/// <param name="Runtime">Assemblies that run, by name: <c>Name</c>, or <c>de/Name.resources</c>.</param>
/// <param name="Native">Native libraries for this system.</param>
/// <param name="Frameworks">Shared frameworks of .NET that it needs.</param>
/// <param name="Dependencies">Names, except of what was here already.</param>
/// <param name="Targets">The frameworks that it has libraries for, such as <c>net8.0</c>.</param>
/// <param name="IsForBuilds">Whether it brings tools, analyzers or files to copy, which are of no use in a
/// cell.</param>
internal sealed record RestoredPackage(string Name, NuGetVersion Version, IReadOnlyList<string> Compile,
    IReadOnlyDictionary<string, string> Runtime, IReadOnlyList<string> Native, IReadOnlyList<string> Frameworks,
    IReadOnlyList<string> Dependencies, IReadOnlyList<string> Targets, bool IsForBuilds)
{
    /// <summary>What keeps the place of a file in a package that needs none there.</summary>
    private const string Placeholder = "_._";

    /// <summary>What a cell can use of it.</summary>
    public IEnumerable<string> Files => [.. Compile, .. Runtime.Values, .. Native];

    public override string ToString() => $"{Name} {Version}";

    /// <param name="key"><c>Name/Version</c>.</param>
    /// <param name="entry">What the target takes of it.</param>
    /// <param name="files">All its files, by their paths in it.</param>
    /// <param name="root">Its folder.</param>
    public static RestoredPackage Read(string key, JsonObject entry, IEnumerable<string> files, string root)
    {
        var parts = key.Split('/');
        var real = files.Where(IsReal).Select(f => f.Split('/')).ToList();
        var neutral = Group("runtime").Select(f => (Name: AssemblyFile.Name(f.Path), f.Path));
        var cultures = Group("resource")
            .Select(f => (Name: $"{f.Details["locale"]}/{AssemblyFile.Name(f.Path)}", f.Path));
        return new RestoredPackage(parts[0], NuGetVersion.Parse(parts[1]), [.. Group("compile").Select(f => f.Path)],
            neutral.Concat(cultures).DistinctBy(f => f.Name)
                .ToDictionary(f => f.Name, f => f.Path, StringComparer.OrdinalIgnoreCase),
            [.. Group("native").Select(f => f.Path)],
            [.. (entry["frameworkReferences"] as JsonArray ?? []).Select(f => (string)f!)],
            [.. (entry["dependencies"] as JsonObject ?? []).Select(d => d.Key)],
            [.. real.Where(f => f is ["lib" or "ref", _, _, ..]).Select(f => f[1]).Distinct()],
            real.Any(f => f[0] is "tools" or "analyzers" or "content" or "contentFiles"));

        IEnumerable<(string Path, JsonNode Details)> Group(string name) => (entry[name] as JsonObject ?? [])
            .Where(f => IsReal(f.Key)).Select(f => (Path.GetFullPath(Path.Combine(root, f.Key)), f.Value!));
    }

    private static bool IsReal(string file) => Path.GetFileName(file) != Placeholder;
}
