using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LmNotebooks.Records;

/// <summary>The library's own sources, shipped inside it: notebooks show the code that runs, and records carry its
/// hash.</summary>
public static partial class Sources
{
    private const string Folder = "source/";
    private static readonly Assembly Library = typeof(Sources).Assembly;

    /// <summary>Paths of the sources, relative to the library's folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Library.GetManifestResourceNames().Where(n => n.StartsWith(Folder)).Select(n => n[Folder.Length..])
            .Order(StringComparer.Ordinal)];

    private static readonly Lazy<IReadOnlyDictionary<string,
        SourceFile>> Files = new(() => Paths.ToDictionary(p => p, p => new SourceFile(Read(p))));

    private static readonly ConcurrentDictionary<string, string> Hashes = new();

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

    /// <summary>SHA-256 over the code of <see cref="Reach"/>, the first 16 hex digits. Comments, blank lines and
    /// indentation do not count: a mended sentence makes no record stale, and neither does a file that a run does not
    /// use.</summary>
    public static string HashOf(params IEnumerable<string> types) =>
        Hashes.GetOrAdd(string.Join(' ', types.Distinct().Order(StringComparer.Ordinal)), named =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Reach(named.Split(' ')))
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{Files.Value[path].Code}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    });

    /// <summary>The files on which these types depend: those that declare them, those that declare a type named in
    /// these, and so on.</summary>
    public static IReadOnlyCollection<string> Reach(params IEnumerable<string> types)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(Files.Value.Where(f => f.Value.Declares.Overlaps(types)).Select(f => f.Key));
        while (open.TryDequeue(out var path))
        {
            if (!reached.Add(path)) continue;
            var file = Files.Value[path];
            foreach (var (other, used) in Files.Value)
                if (file.Rooms.Contains(used.Room) && used.Declares.Overlaps(file.Names)) open.Enqueue(other);
        }
        return reached;
    }

    /// <summary>A source file as the hash sees it: its code, its room and those it uses, the types that it declares,
    /// and every name in it.</summary>
    private sealed partial class SourceFile(string source)
    {
        public string Code { get; } = string.Join('\n', CodeLines(source));
        public string Room { get; } = RoomName().Matches(source).First(m => m.Groups[1].Value == "namespace").Groups[2]
            .Value;
        public HashSet<string> Rooms => field ??= [.. RoomName().Matches(source).Select(m => m.Groups[2].Value)];
        public HashSet<string> Declares => field ??= [.. Declaration().Matches(Code).Select(m => m.Groups[1].Value)];
        public HashSet<string> Names => field ??= [.. Name().Matches(Code).Select(m => m.Value)];

        [GeneratedRegex(@"^(using|namespace) LmNotebooks\.(\w+);", RegexOptions.Multiline)]
        private static partial Regex RoomName();

        [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)")]
        private static partial Regex Declaration();

        [GeneratedRegex(@"\b[A-Z]\w*")]
        private static partial Regex Name();
    }
}
