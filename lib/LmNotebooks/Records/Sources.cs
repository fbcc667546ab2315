using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace LmNotebooks.Records;

/// <summary>The library's own sources, shipped inside it: notebooks show the code that runs, and records carry its hash.</summary>
public static class Sources
{
    private const string Folder = "source/";
    private static readonly Assembly Library = typeof(Sources).Assembly;
    private static readonly Lazy<string> LibraryHash = new(ComputeHash);

    /// <summary>The rooms whose code decides what a run measures; charts and the classroom do not.</summary>
    private static readonly string[] Rooms = ["Languages", "Tokens", "Models", "Objectives", "Training", "Measures", "Strategies", "Experiments"];

    /// <summary>SHA-256 over the lines of code that decide what a run measures, the first 16 hex digits. Comments, blank lines and
    /// indentation do not count: mending a sentence makes no record stale.</summary>
    public static string Hash => LibraryHash.Value;

    /// <summary>Paths of the sources, relative to the library's folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Library.GetManifestResourceNames().Where(n => n.StartsWith(Folder)).Select(n => n[Folder.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>Text of a source file, with line feeds as line ends.</summary>
    public static string Read(string path)
    {
        using var reader = new StreamReader(Library.GetManifestResourceStream(Folder + path)
            ?? throw new ArgumentException($"The library has no source file {path}."));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The lines of a source text that are code: no comments, blank lines, usings and namespace.</summary>
    public static IEnumerable<string> CodeLines(string source) => source.Split('\n').Select(l => l.Trim())
        .Where(l => l.Length > 0 && !l.StartsWith("//") && !l.StartsWith("using ") && !l.StartsWith("namespace "));

    private static string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Paths.Where(p => Rooms.Contains(p.Split('/')[0])))
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\0" + string.Join('\n', CodeLines(Read(path))) + "\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
