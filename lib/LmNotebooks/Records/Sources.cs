using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LmNotebooks.Records;

/// <summary>The library's own sources, shipped inside it: notebooks show the code that runs, and records carry its
/// hash.</summary>
internal static partial class Sources
{
    private const string Folder = "source/";
    internal static readonly Assembly Library = typeof(Sources).Assembly;

    /// <summary>Paths of the sources, relative to the library's folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Library.GetManifestResourceNames().Where(n => n.StartsWith(Folder)).Select(n => n[Folder.Length..])
            .Order(StringComparer.Ordinal)];

    private static readonly Lazy<IReadOnlyDictionary<string, SourceFile>> Files =
        new(() => Paths.ToDictionary(p => p, p => new SourceFile(Read(p))));

    private static readonly Lazy<ILookup<string, string>> Declaring = new(() =>
        (from file in Files.Value
         from name in file.Value.Declares
         select (name, file.Key)).ToLookup(d => d.name, d => d.Key));

    /// <summary>Of each constant and each value of an enumeration, as the text names it, the type that has
    /// it.</summary>
    private static readonly Lazy<ILookup<string, Type>> Constants = new(() =>
        (from type in Library.GetTypes()
         from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
         where field.IsLiteral && field.DeclaringType == type
         select (type, Name: $"{type.Name}.{field.Name}")).ToLookup(c => c.Name, c => c.type));

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

    /// <summary>SHA-256 over the code of some files, the first 16 hex digits. Comments and layout do not count: a
    /// mended sentence makes no record stale, and neither does a file that a run does not use.</summary>
    /// <param name="paths">Of <see cref="FilesOf"/>.</param>
    public static string HashOf(IEnumerable<string> paths) => HashOf(paths.Select(path => (path, Files.Value[path])));

    /// <summary>The hash of any files.</summary>
    internal static string HashOf(IEnumerable<(string Path, SourceFile File)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, file) in files.OrderBy(f => f.Path, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{file.Code}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The files that declare these types, and those of the constants that they name: a compiled constant is a
    /// plain number, of which the code no longer knows whose it is.</summary>
    public static IReadOnlyCollection<string> FilesOf(IEnumerable<Type> types)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(types.SelectMany(DeclaringFiles));
        while (open.TryDequeue(out var path))
            if (files.Add(path))
                foreach (var other in Files.Value[path].Qualified.SelectMany(name => Constants.Value[name])
                    .SelectMany(DeclaringFiles)) open.Enqueue(other);
        return files;
    }

    /// <summary>The file of the name of a type, or of the outermost one in which it stands; if there is none, the file
    /// that declares it; null for a type that is not the library's.</summary>
    internal static string? FileOf(Type type) => DeclaringFiles(type)
        .OrderByDescending(path => Path.GetFileNameWithoutExtension(path) == Outermost(type).Name.Split('`')[0])
        .FirstOrDefault();

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The files that declare a type, or the one in which it stands: none where it is not the
    /// library's.</summary>
    private static IEnumerable<string> DeclaringFiles(Type type)
    {
        type = Outermost(type);
        if (type.Assembly != Library) return [];
        // the compiler adds the number of type arguments, and before the name of a type of one file that of the file
        var name = type.Name.Split('`')[0];
        return Declaring.Value[$"{type.Namespace}.{name.Split("__")[^1]}"];
    }

    /// <summary>A source file as the hash sees it.</summary>
    internal sealed partial class SourceFile(string source)
    {
        /// <summary>A literal of text, which stays as it is.</summary>
        private const string Literal = """
            (?<kept>\"{3}[\s\S]*?\"{3}|@\"(?:\"\"|[^\"])*\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.[^']*|[^'\\])')
            """;

        /// <summary>The code without comments, and with the blanks alone that part two words or stand in a
        /// literal.</summary>
        public string Code { get; } = Blanks().Replace(
            Comments().Replace(string.Join('\n', CodeLines(source)), "${kept}"), m =>
                m.Groups["between"].Success ? " " : m.Groups["kept"].Value);

        /// <summary>The types that it declares, with their namespace.</summary>
        public IReadOnlySet<string> Declares => field ??= Declaration().Matches(Code)
            .Select(m => $"{Namespace().Match(source).Groups[1].Value}.{m.Groups["name"].Value}").ToHashSet();

        /// <summary>All that it names as something of something.</summary>
        public IReadOnlySet<string> Qualified => field ??= Name().Matches(Code)
            .Select(m => m.Value + m.Groups[1].Value).ToHashSet();

        [GeneratedRegex(Literal + @"|//[^\n]*", RegexOptions.IgnorePatternWhitespace)]
        private static partial Regex Comments();

        [GeneratedRegex(Literal + @"|(?<=\w)(?<between>\s+)(?=\w)|\s+", RegexOptions.IgnorePatternWhitespace)]
        private static partial Regex Blanks();

        [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex Namespace();

        [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (?<name>\w+)"
            + @"|\bdelegate [^;{}=]*?(?<name>\w+)(?:<[\w, ]+>)?\(")]
        private static partial Regex Declaration();

        [GeneratedRegex(@"\b[A-Z]\w*(?=(\.[A-Z]\w*))")]
        private static partial Regex Name();
    }
}
