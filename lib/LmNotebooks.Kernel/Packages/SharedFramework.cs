using NuGet.Versioning;

namespace LmNotebooks.Kernel.Packages;

/// <summary>Parts of .NET that are installed beside it and that this program does not run on, such as ASP.NET
/// Core.</summary>
internal static class SharedFramework
{
    private const string Base = "Microsoft.NETCore.App";

    /// <summary>Paths of its assemblies.</summary>
    /// <exception cref="PackageException">It is not installed for the .NET that runs.</exception>
    public static IReadOnlyList<string> Assemblies(string framework, PackageRequest request)
    {
        if (framework.Equals(Base, StringComparison.OrdinalIgnoreCase)) return [];
        var major = Environment.Version.Major;
        var versions = new DirectoryInfo(DotNet.SharedFramework(framework));
        var newest = versions.Exists ? versions.EnumerateDirectories($"{major}.*").MaxBy(VersionOf) : null;
        if (newest is null)
            throw new PackageException(request.Name,
                $"{request} needs {framework} {major}, which is not installed beside this .NET.");
        return [.. newest.EnumerateFiles("*.dll").Select(f => f.FullName).Where(AssemblyFile.IsAssembly)];
    }

    private static NuGetVersion VersionOf(DirectoryInfo folder) =>
        NuGetVersion.TryParse(folder.Name, out var version) ? version : new NuGetVersion(0, 0, 0);
}
