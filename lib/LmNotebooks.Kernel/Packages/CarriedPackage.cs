using NuGet.Versioning;

namespace LmNotebooks.Kernel.Packages;

/// <summary>A package that is here already.</summary>
/// <param name="Assemblies">Simple names of its own assemblies.</param>
internal sealed record CarriedPackage(string Name, NuGetVersion Version, IReadOnlyList<string> Assemblies)
{
    /// <summary>What a reader should know who asked for something else; null for nothing.</summary>
    public string? Note(PackageRequest request)
    {
        var isOther = IsCuda(request.Name) && !IsCuda(Name) || !request.Allows(Version);
        var isNamesake = request.Name.Equals(Name, StringComparison.OrdinalIgnoreCase);
        var asked = isNamesake ? request.Version : request.ToString();
        return isOther ? $"{this} is what this kit carries; {asked} was asked for." : null;
    }

    public override string ToString() => $"{Name} {Version}";

    private static bool IsCuda(string name) => name.Contains("-cuda", StringComparison.OrdinalIgnoreCase);
}
