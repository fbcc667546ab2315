using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Finds what <c>#r</c> names. An assembly that this program carries is always the one already loaded, wherever the path
/// points, so that a cell and the program mean the same types.</summary>
internal sealed class References(string folder) : MetadataReferenceResolver
{
    private const string NuGet = "nuget:";

    /// <summary>Path of every assembly of the runtime and of this program, by simple name.</summary>
    private static readonly Dictionary<string, string> Carried =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(Path.GetFileName).ToDictionary(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase);

    /// <summary>The runtime's own assemblies, this one and the one of <c>x.Display()</c>, which every cell refers to without <c>#r</c>.</summary>
    public static ImmutableArray<PortableExecutableReference> Default { get; } =
    [
        .. Carried.Values.Where(p => p.StartsWith(RuntimeEnvironment.GetRuntimeDirectory(), StringComparison.Ordinal))
            .Append(typeof(References).Assembly.Location).Append(typeof(Formatter).Assembly.Location).Select(p => MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>What was read so far, by path: a file named in many cells is read once.</summary>
    private readonly ConcurrentDictionary<string, PortableExecutableReference> read = new(Default.ToDictionary(r => r.FilePath!));

    public override bool ResolveMissingAssemblies => true;

    /// <summary>One sentence on why this reference cannot be found, or null if it can.</summary>
    public string? Problem(string reference)
    {
        if (Resolve(reference) is not null) return null;
        if (reference.StartsWith(NuGet, StringComparison.OrdinalIgnoreCase))
            return $"Packages are not downloaded by cells: add '{PackageName(reference)}' to lib/LmNotebooks/LmNotebooks.csproj and build again.";
        return $"There is no assembly '{reference}' in or relative to {folder}: build it first, then run this cell again.";
    }

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        Resolve(reference) is { } path ? [Read(path).WithProperties(properties)] : [];

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var beside = definition is PortableExecutableReference { FilePath: { } file } ? Path.GetDirectoryName(file) : folder;
        return Resolve(Path.Combine(beside!, referenceIdentity.Name + ".dll")) is { } path ? Read(path) : null;
    }

    /// <summary>The file of an assembly that cells need when they run, found beside those that <c>#r</c> named; null for what this program carries.</summary>
    public string? FileOf(string name) => Carried.ContainsKey(name) ? null
        : read.Keys.Select(Path.GetDirectoryName).Distinct().Select(beside => Path.Combine(beside!, name + ".dll")).FirstOrDefault(File.Exists);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private string? Resolve(string reference)
    {
        var isPackage = reference.StartsWith(NuGet, StringComparison.OrdinalIgnoreCase);
        var name = isPackage ? PackageName(reference) : Path.GetFileName(reference.Replace('\\', '/'));
        if (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        if (Carried.TryGetValue(name, out var carried)) return carried;
        var path = Path.GetFullPath(reference, folder);
        return !isPackage && File.Exists(path) ? path : null;
    }

    private PortableExecutableReference Read(string path) => read.GetOrAdd(path, static p => MetadataReference.CreateFromFile(p));

    private static string PackageName(string reference) => reference[NuGet.Length..].Split(',')[0].Trim();
}
