using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace LmNotebooks.Kernel.Packages;

/// <summary>What <c>#r "nuget: Name, Version"</c> asks for.</summary>
/// <param name="Version">One version, a range or a pattern such as <c>2.*</c>; null for the newest stable one.</param>
internal sealed partial record PackageRequest(string Name, string? Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Whether this is about a package, not about a file.</summary>
    public static bool IsPackage(string reference) =>
        reference.TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what stands between the quotes.</summary>
    /// <exception cref="PackageException">It is not the name of a package, or not a version.</exception>
    public static PackageRequest Parse(string reference)
    {
        var parts = reference.Trim()[Scheme.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        var (name, version) = (parts[0], parts.Length == 2 && parts[1].Length > 0 ? parts[1] : null);
        if (!PackageName().IsMatch(name))
            throw new PackageException(null,
                $"'{name}' is not the name of a package: write #r \"nuget: Name, Version\".");
        if (version is not null && !NuGetVersion.TryParse(version, out _) && !VersionRange.TryParse(version, out _))
            throw new PackageException(name,
                $"'{version}' is not a version: write #r \"nuget: {name}, 1.2.3\", or no version for the newest.");
        return new PackageRequest(name, version);
    }

    /// <summary>Whether there is only one answer.</summary>
    public bool IsExact => NuGetVersion.TryParse(Version, out _);

    /// <summary>As NuGet writes it. A bare version would mean "or newer" there, and another one would come
    /// silently.</summary>
    public string Range => IsExact ? $"[{NuGetVersion.Parse(Version!).ToNormalizedString()}]" : Version ?? "*";

    /// <summary>Whether a version is one of those asked for. To NuGet alone a pattern only says where to
    /// begin.</summary>
    public bool Allows(NuGetVersion version)
    {
        var range = VersionRange.Parse(Range);
        return Version is null || range.Satisfies(version) && range.Float?.Satisfies(version) != false;
    }

    public bool Equals(PackageRequest? other) =>
        string.Equals(Name, other?.Name, StringComparison.OrdinalIgnoreCase) && Version == other?.Version;

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    public override string ToString() => Version is null ? Name : $"{Name} {Version}";

    [GeneratedRegex(@"^\w+([_.-]\w+)*$")]
    private static partial Regex PackageName();
}
