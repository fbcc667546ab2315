using System.Collections.Concurrent;
using System.Collections.Immutable;
using LmNotebooks.Kernel.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Finds what <c>#r</c> names. An assembly that this program carries is always the one already loaded,
/// wherever the path points, so that a cell and the program mean the same types.</summary>
internal sealed class References(string folder) : MetadataReferenceResolver
{
    /// <summary>The runtime's own assemblies, this one and the one of <c>x.Display()</c>, to which every cell refers
    /// without <c>#r</c>.</summary>
    public static ImmutableArray<PortableExecutableReference> Default { get; } =
    [
        .. Carried.Assemblies.Keys.Where(Carried.IsOfRuntime).Select(name => Carried.Assemblies[name])
            .Append(typeof(References).Assembly.Location).Append(typeof(Formatter).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>What this program carries, by path, for all sessions: an assembly that was read stands in memory of
    /// which the garbage collector knows nothing, and one a session would pile up.</summary>
    private static readonly ConcurrentDictionary<string,
        PortableExecutableReference> Own = new(Default.ToDictionary(r => r.FilePath!));

    /// <summary>What was read so far, by path: a file named in many cells is read once.</summary>
    private readonly ConcurrentDictionary<string,
        PortableExecutableReference> read = new(Default.ToDictionary(r => r.FilePath!));

    public override bool ResolveMissingAssemblies => true;

    /// <summary>Relative paths begin here: the notebook's folder.</summary>
    public string Folder => folder;

    public SessionPackages Packages { get; } = new(folder);

    /// <summary>One sentence on why this file cannot be found, or null if it can.</summary>
    public string? Problem(string reference) => Resolve(reference) is not null ? null
        : $"There is no assembly '{reference}' in or relative to {folder}: build it first, then run this cell again.";

    /// <summary>All that a package brings: Roslyn takes one file for each <c>#r</c>.</summary>
    public IEnumerable<MetadataReference> Of(PackageRequest package) =>
        (Packages.Assemblies(package) ?? []).Select(Read);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference,
        string? baseFilePath, MetadataReferenceProperties properties) =>
        Resolve(reference) is { } path ? [Read(path).WithProperties(properties)] : [];

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition,
        AssemblyIdentity referenceIdentity)
    {
        var beside = definition is PortableExecutableReference { FilePath: { } file } ? Path.GetDirectoryName(file)
            : folder;
        return Resolve(Path.Combine(beside!, referenceIdentity.Name + ".dll")) is { } path ? Read(path) : null;
    }

    /// <summary>The file of an assembly that cells need when they run: of a package, or found beside the files that
    /// <c>#r</c> named; null for what this program carries.</summary>
    /// <param name="culture">Of an assembly of translated texts; else empty.</param>
    public string? FileOf(string name, string culture)
    {
        if (Packages.RuntimeFile(culture.Length == 0 ? name : $"{culture}/{name}") is { } file) return file;
        if (Carried.Assemblies.ContainsKey(name)) return null;
        var beside = read.Keys.Select(Path.GetDirectoryName).Distinct();
        return beside.Select(at => Path.Combine(at!, culture, name + ".dll")).FirstOrDefault(File.Exists);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private string? Resolve(string reference)
    {
        if (PackageRequest.IsPackage(reference)) return FirstOf(reference);
        var name = Path.GetFileName(reference.Replace('\\', '/'));
        if (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        if (Carried.Assemblies.TryGetValue(name, out var carried)) return carried;
        var path = Path.GetFullPath(reference, folder);
        return File.Exists(path) ? path : null;
    }

    /// <summary>A file that stands for a package; this program's own for one without assemblies.</summary>
    private string? FirstOf(string reference)
    {
        try
        {
            var assemblies = Packages.Assemblies(PackageRequest.Parse(reference));
            return assemblies?.FirstOrDefault(typeof(References).Assembly.Location);
        }
        catch (PackageException) { return null; }
    }

    private PortableExecutableReference Read(string path) => read.GetOrAdd(path, static p =>
        Carried.Assemblies.ContainsValue(p) ? Own.GetOrAdd(p, static own => MetadataReference.CreateFromFile(own))
            : MetadataReference.CreateFromFile(p));
}
