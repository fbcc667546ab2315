using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NuGet.Versioning;

namespace LmNotebooks.Kernel.Packages;

/// <summary>What cells have in common with this program: .NET, the library, and the packages whose types meet in both.
/// Other packages that the program needs for itself, such as the compiler, are as good as absent: cells bring their
/// own.</summary>
internal static class Carried
{
    private const string Torch = "TorchSharp", LibTorch = "libtorch-", Plotly = "Plotly.NET";

    /// <summary>What the build carries for cells, and not for the program alone.</summary>
    private static readonly string[] ForCells = ["LmNotebooks", $"{Plotly}.CSharp"];

    /// <summary>Used inside of TorchSharp only, where no type of theirs meets one of a cell.</summary>
    private static readonly string[] Inside = ["SkiaSharp", "SharpZipLib"];

    /// <summary>Other names of what is here. Restoring one of them could mean gigabytes.</summary>
    private static readonly string[]
        TorchNames = [$"{Torch}-cpu", $"{Torch}-cuda", $"{Torch}-cuda-linux", $"{Torch}-cuda-windows"],
        LibTorchNames =
        [
            $"{LibTorch}cpu", $"{LibTorch}cpu-linux-x64", $"{LibTorch}cpu-win-x64", $"{LibTorch}cpu-osx-arm64",
            $"{LibTorch}cpu-osx-x64",
        ],
        PlotlyNames = [$"{Plotly}.Interactive"];

    private static readonly string RuntimeFolder = RuntimeEnvironment.GetRuntimeDirectory();

    /// <summary>Path of every assembly of .NET and of this program, by simple name.</summary>
    public static Dictionary<string, string> Assemblies { get; } =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).DistinctBy(Path.GetFileName)
        .ToDictionary(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is here for cells, as the build has written it down.</summary>
    private static readonly Dictionary<string, CarriedPackage> Packages = Read();

    private static readonly HashSet<string> Shared = new(
        [.. Packages.Values.SelectMany(p => p.Assemblies), typeof(Carried).Assembly.GetName().Name!],
        StringComparer.OrdinalIgnoreCase);

    private static CarriedPackage TorchLibraries =>
        Packages.Values.FirstOrDefault(p => Begins(p.Name, LibTorch)) ?? Packages[Torch];

    /// <summary>Names and versions that a restore must not look for.</summary>
    public static IEnumerable<(string Name, NuGetVersion Version)> Known =>
    [
        .. Packages.Values.Select(p => (p.Name, p.Version)), .. TorchNames.Select(n => (n, Packages[Torch].Version)),
        .. LibTorchNames.Select(n => (n, TorchLibraries.Version)),
        .. PlotlyNames.Select(n => (n, Packages[Plotly].Version)),
    ];

    /// <summary>What stands here for a package; null for nothing.</summary>
    public static CarriedPackage? Find(string package) =>
        Packages.TryGetValue(package, out var found) ? found
        : Begins(package, LibTorch) || Begins(package, $"{Torch}-cuda") ? TorchLibraries
        : TorchNames.Contains(package, StringComparer.OrdinalIgnoreCase) ? Packages[Torch]
        : PlotlyNames.Contains(package, StringComparer.OrdinalIgnoreCase) ? Packages[Plotly]
        : IsShared(package) ? OfAssembly(Assemblies[package]) : null;

    /// <summary>Whether cells must use the assembly that is here.</summary>
    public static bool IsShared(string assembly) => Shared.Contains(assembly) || IsOfRuntime(assembly);

    public static bool IsOfRuntime(string assembly) =>
        Assemblies.TryGetValue(assembly, out var path) && path.StartsWith(RuntimeFolder, StringComparison.Ordinal);

    private static bool Begins(string package, string prefix) =>
        package.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static CarriedPackage OfAssembly(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var version = IsOfRuntime(name) ? Environment.Version : AssemblyFile.Version(path);
        return new CarriedPackage(name, new NuGetVersion(version), [name]);
    }

    private static Dictionary<string, CarriedPackage> Read()
    {
        var file = ((string)AppContext.GetData("APP_CONTEXT_DEPS_FILES")!).Split(';')[0];
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        var target = json["targets"]![(string)json["runtimeTarget"]!["name"]!]!.AsObject();
        var all = target.ToDictionary(t => t.Key.Split('/')[0], t => (Version: t.Key.Split('/')[1], Entry: t.Value!));
        var found = new Dictionary<string, CarriedPackage>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in ForCells) Add(name);
        return found;

        void Add(string name)
        {
            if (Inside.Contains(name) || found.ContainsKey(name) || !all.TryGetValue(name, out var package)) return;
            var assemblies = Group(package.Entry, "runtime").Select(Path.GetFileNameWithoutExtension).OfType<string>();
            found[name] = new CarriedPackage(name, NuGetVersion.Parse(package.Version), [.. assemblies]);
            foreach (var dependency in Group(package.Entry, "dependencies")) Add(dependency);
        }
    }

    private static IEnumerable<string> Group(JsonNode entry, string name) =>
        (entry[name] as JsonObject ?? []).Select(e => e.Key);
}
