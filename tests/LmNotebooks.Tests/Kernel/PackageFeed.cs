using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LmNotebooks.Tests.Kernel;

/// <summary>A folder for notebooks whose only source of packages is a folder in it: nothing comes from the network or
/// from other tests.</summary>
internal sealed class PackageFeed : IDisposable
{
    private static readonly IReadOnlyList<MetadataReference> Runtime =
        [.. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "System.*.dll").Where(IsManaged)
            .Select(f => MetadataReference.CreateFromFile(f))];

    private readonly string feed;

    public PackageFeed(string? source = null)
    {
        Folder = Directory.CreateTempSubdirectory("lm-packages-").FullName;
        feed = Directory.CreateDirectory(Path.Combine(Folder, "feed")).FullName;
        var add = source is null ? """<add key="tests" value="feed" />"""
            : $"""<add key="tests" value="{source}" allowInsecureConnections="true" />""";
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear />{add}</packageSources>
            </configuration>
            """);
    }

    public string Folder { get; }

    /// <summary>What the kit keeps of restores.</summary>
    public static DirectoryInfo Kept => Directory.CreateDirectory(
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "lmnotebooks",
            "packages"));

    /// <summary>The native library of .NET that computes checksums, which every system has.</summary>
    public static string Checksums => Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(),
        "*System.IO.Compression.Native.*").First(f => !f.EndsWith(".a"));

    /// <summary>An assembly.</summary>
    /// <param name="references">Assemblies that it uses.</param>
    public static byte[] Compile(string name, string code, params byte[][] references) =>
        Emit(name, code, [], references);

    /// <summary>An assembly of texts for one culture.</summary>
    public static byte[] Texts(string name, string culture, string key, string text)
    {
        var resources = new MemoryStream();
        using (var writer = new System.Resources.ResourceWriter(resources))
        {
            writer.AddResource(key, text);
            writer.Generate();
            return Emit($"{name}.resources", $"[assembly: System.Reflection.AssemblyCulture(\"{culture}\")]",
                [new ResourceDescription($"{name}.{culture}.resources", () => new MemoryStream(resources.ToArray()),
                    isPublic: true)]);
        }
    }

    /// <summary>Adds a package of any files.</summary>
    /// <param name="files">By their paths in it.</param>
    /// <param name="dependencies">Names, with versions, of packages that it needs: "Words 1.0.0".</param>
    /// <param name="type">For packages of tools: "DotnetTool".</param>
    /// <param name="framework">A shared framework that it needs.</param>
    public void AddFiles(string name, string version, Dictionary<string, byte[]> files, string[]? dependencies = null,
        string? type = null, string? framework = null)
    {
        var metadata = new XElement("metadata", new XElement("id", name), new XElement("version", version),
            new XElement("authors", "tests"),
            new XElement("description", "For tests."), type is null ? null
                : new XElement("packageTypes", new XElement("packageType", new XAttribute("name", type))),
            new XElement("dependencies", new XElement("group", new XAttribute("targetFramework", "net8.0"),
                (dependencies ?? []).Select(d => d.Split(' ')).Select(d =>
                new XElement("dependency", new XAttribute("id", d[0]), new XAttribute("version", d[1]))))),
            framework is null ? null : new XElement("frameworkReferences",
                new XElement("group", new XAttribute("targetFramework", "net8.0"),
                    new XElement("frameworkReference", new XAttribute("name", framework)))));
        using var zip = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = zip.CreateEntry($"{name}.nuspec").Open())
            new XDocument(new XElement("package", metadata)).Save(nuspec);
        foreach (var (path, bytes) in files)
            using (var entry = zip.CreateEntry(path).Open()) entry.Write(bytes);
    }

    /// <summary>Adds a package of one assembly of its own name.</summary>
    /// <returns>The assembly.</returns>
    public byte[] Add(string name, string version, string code, byte[][]? references = null,
        string[]? dependencies = null)
    {
        var assembly =
            Compile(name, $"[assembly: System.Reflection.AssemblyVersion(\"{version.Split('-')[0]}.0\")]\n{code}",
            references ?? []);
        AddFiles(name, version, new() { [$"lib/net8.0/{name}.dll"] = assembly }, dependencies);
        return assembly;
    }

    /// <summary>What the kit keeps of restores from here.</summary>
    public IReadOnlyList<string> KeptFiles =>
        [.. Kept.GetFiles("*.json").Select(f => f.FullName).Where(IsOwn)];

    public void Dispose()
    {
        foreach (var file in KeptFiles) File.Delete(file);
    }

    private bool IsOwn(string kept)
    {
        try { return File.ReadAllText(kept).Contains(Path.GetFileName(Folder)); }
        catch (FileNotFoundException) { return false; } // another test's, which has ended meanwhile
    }

    private static byte[] Emit(string name, string code, ResourceDescription[] resources, params byte[][] references)
    {
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)],
            [.. Runtime, .. references.Select(r => MetadataReference.CreateFromImage(r))],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var file = new MemoryStream();
        var result = compilation.Emit(file, manifestResources: resources);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file.ToArray();
    }

    private static bool IsManaged(string file) => !Path.GetFileName(file).Contains("Native");
}
