using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LmNotebooks.Files;

namespace LmNotebooks.Languages;

/// <summary>A real text that every reader has, the same to the last byte: the English of the .NET reference
/// documentation (MIT), from a NuGet package that is restored with the kit. Each entry that is a sentence, or several,
/// is a line: summaries, remarks, parameters, results, exceptions, without their tags, each once, in the order of first
/// appearance.</summary>
public static partial class DotnetDocumentation
{
    /// <summary>Of the package, as the library's project file names it.</summary>
    public const string Version = "10.0.10";

    private const string Package = "Microsoft.NETCore.App.Ref";

    /// <summary>SHA-256 of the text in UTF-8.</summary>
    public const string Sha256 = "d83ed6182ccf29e92b01b074aaa2d8d281124357b5658a9d05f3f9172834df2c";

    /// <summary>Where the package's files are: <c>NUGET_PACKAGES</c> names the folder of all packages where it is not
    /// the user's own.</summary>
    public static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages ? packages
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        Package.ToLowerInvariant(), Version, "ref", "net10.0");

    /// <summary>The path of the text in a folder, which is there: it is written now where it is missing or
    /// damaged.</summary>
    /// <param name="source">The folder of the package's files; null for <see cref="Folder"/>.</param>
    /// <exception cref="FileNotFoundException">The package is not there; one sentence.</exception>
    /// <exception cref="InvalidDataException">Its files are not those that were published; one sentence.</exception>
    public static string In(string folder, string? source = null)
    {
        source ??= Folder;
        var path = Path.Combine(folder, $"dotnet-documentation-{Version}.txt");
        bool IsWhole() => File.Exists(path) && RealText.Hash(path, "") == Sha256;
        if (IsWhole()) return path;
        if (!Directory.Exists(source))
            throw new FileNotFoundException($"There is no {source}: 'dotnet restore' in the kit's folder brings it, "
                + $"with {Package} {Version}; where packages are kept elsewhere, NUGET_PACKAGES must say where.");
        var text = Encoding.UTF8.GetBytes(string.Concat(Entries(source).Distinct().Select(entry => $"{entry}\n")));
        if (Convert.ToHexStringLower(SHA256.HashData(text)) != Sha256)
            throw new InvalidDataException($"The files in {source} are not those of {Package} {Version}: delete that "
                + "folder, and say 'dotnet restore' in the kit's folder.");
        try { WholeFile.Write(path, stream => stream.Write(text)); }
        catch (IOException) when (IsWhole()) { }     // another process was faster, and its readers hold the file
        return path;
    }

    /// <summary>The sentences of all XML files in a folder; those of different members may be equal.</summary>
    internal static IEnumerable<string> Entries(string folder) =>
        from file in Directory.GetFiles(folder, "*.xml").OrderBy(Path.GetFileName, StringComparer.Ordinal)
        from member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member")
        from entry in member.Elements()
        let words = Text(entry).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        let line = string.Join(' ', words)
        where line.EndsWith('.')        // others are declarations in C, assembly code or keywords
        select line;

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.IsEmpty || !element.Nodes().Any() => Named(element),
        // words of neighbouring paragraphs and cells do not join
        XElement { Name.LocalName: "para" or "item" or "description" or "term" } block => $" {Inner(block)} ",
        XElement element => Inner(element),
        _ => "",
    };

    private static string Inner(XElement element) => string.Concat(element.Nodes().Select(Text));

    /// <summary>What an element without a content stands for.</summary>
    private static string Named(XElement element) => element.Attribute("cref") is { } reference
        ? ShortName(reference.Value)
        : (element.Attribute("langword") ?? element.Attribute("name") ?? element.Attribute("href"))?.Value ?? " ";

    /// <summary>The last name in a reference: of <c>M:System.Array.Sort``1(``0[])</c> it is <c>Sort</c>, and of a
    /// constructor that of its type.</summary>
    private static string ShortName(string reference) => NoName().Replace(reference, "").Split('.', '#', ':')
        .Last(name => name is not ("ctor" or "cctor" or ""));

    /// <summary>Parameters, and arguments or numbers of type parameters.</summary>
    [GeneratedRegex(@"\(.*|\{.*?\}+|`+\d+")]
    private static partial Regex NoName();
}
