using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using NuGet.Versioning;

namespace LmNotebooks.Kernel.Packages;

/// <summary>The project that <c>dotnet</c> restores: the packages asked for, for the .NET and the system that run.
/// Whatever MSBuild files lie around it play no part; the person's NuGet configuration does.</summary>
internal sealed class RestoreProject
{
    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    private readonly string text;

    /// <param name="folder">The notebook's: a <c>nuget.config</c> in it or above it counts.</param>
    /// <param name="packages">What to find.</param>
    /// <param name="sources">Folders and addresses to look in, besides those of the configuration.</param>
    /// <param name="known">What is here already: these packages and older ones are not looked for.</param>
    public RestoreProject(string folder, IEnumerable<PackageRequest> packages, IEnumerable<string> sources,
        IEnumerable<(string Name, NuGetVersion Version)> known)
    {
        var version = Environment.Version;
        text = new XElement("Project",
            Properties(("ImportDirectoryBuildProps", "false"), ("ImportDirectoryBuildTargets", "false"),
                ("ImportDirectoryPackagesProps", "false")),
            Import("Sdk.props"),
            Properties(("TargetFramework", $"net{version.Major}.{version.Minor}"),
                ("RuntimeIdentifier", RuntimeIdentifier), ("SelfContained", "false"),
                ("UseAppHost", "false"), ("NuGetAudit", "false"),
                ("RestoreAdditionalProjectSources", string.Join(';', sources)),
                ("RestoreRootConfigDirectory", IsConfigured(folder) ? folder : "")),
            Items("PackageReference", packages.Select(p => (p.Name, p.Range))),
            Items("PrunePackageReference", known.Select(k => (k.Name, k.Version.ToNormalizedString()))),
            Import("Sdk.targets"),
            new XComment($".NET {version}")).ToString(); // what comes depends on it too
    }

    /// <summary>A hash of the project, equal for equal projects.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    private static string RuntimeIdentifier =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-"
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Writes it to an empty folder.</summary>
    /// <returns>The path of the project.</returns>
    public string Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "global.json"), "{}"); // no other one above chooses the SDK
        var path = Path.Combine(folder, "packages.csproj");
        File.WriteAllText(path, text);
        return path;
    }

    private static XElement Properties(params (string Name, string Value)[] all) =>
        new("PropertyGroup", all.Select(p => new XElement(p.Name, p.Value)));

    private static XElement Items(string kind, IEnumerable<(string Name, string Version)> all) =>
        new("ItemGroup", all.Select(i =>
            new XElement(kind, new XAttribute("Include", i.Name), new XAttribute("Version", i.Version))));

    private static XElement Import(string file) =>
        new("Import", new XAttribute("Project", file), new XAttribute("Sdk", "Microsoft.NET.Sdk"));

    private static bool IsConfigured(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (at.Exists && at.EnumerateFiles("nuget.config", AnyCase).Any()) return true;
        return false;
    }
}
