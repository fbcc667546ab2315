using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Packages;

/// <summary>What a restore found, from its <c>project.assets.json</c>.</summary>
internal sealed class RestoredPackages
{
    private readonly Dictionary<string, RestoredPackage> packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<JsonNode> logs;

    public RestoredPackages(JsonNode assets)
    {
        logs = [.. (assets["logs"] as JsonArray ?? []).OfType<JsonNode>()];
        var folders = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToList();
        var target = assets["targets"]!.AsObject().Last(t => t.Key.Contains('/')).Value!.AsObject();
        foreach (var (key, entry) in target)
        {
            var library = assets["libraries"]![key]!;
            var path = (string)library["path"]!;
            var places = folders.Select(f => Path.Combine(f, path)).ToList();
            var root = places.FirstOrDefault(Directory.Exists, places[0]);
            var files = library["files"]!.AsArray().Select(f => (string)f!);
            var package = RestoredPackage.Read(key, entry!.AsObject(), files, root);
            packages[package.Name] = package;
        }
    }

    public IReadOnlyDictionary<string, RestoredPackage> All => packages;

    /// <summary>Whether every file is there: a cache of packages may have been cleared.</summary>
    public bool IsComplete => packages.Values.SelectMany(p => p.Files).All(File.Exists);

    /// <summary>Why the restore failed; null if it did not.</summary>
    public PackageException? Problem =>
        logs.Where(l => (string?)l["level"] == "Error").Select(RestoreError.Of).FirstOrDefault();

    /// <summary>Whether a package was made for .NET Framework only, and was taken in the hope that it works.</summary>
    public bool IsForOtherFramework(string package) => logs.Any(l =>
        (string?)l["code"] == "NU1701" && package.Equals((string?)l["libraryId"], StringComparison.OrdinalIgnoreCase));

    /// <summary>A package with all that it needs.</summary>
    public IReadOnlyList<RestoredPackage> Closure(string package)
    {
        var found = new List<RestoredPackage>();
        void Add(string name)
        {
            if (!packages.TryGetValue(name, out var one) || found.Contains(one)) return;
            found.Add(one);
            foreach (var dependency in one.Dependencies) Add(dependency);
        }
        Add(package);
        return found;
    }
}
