using System.Text.RegularExpressions;
using LmNotebooks.Files;

namespace LmNotebooks.Languages;

/// <summary>The text of a library's documentation, which lies as an XML file beside many a library: its lines without
/// their tags, each once, in the order of first appearance.</summary>
public static partial class XmlDocumentation
{
    /// <summary>The path of the text in a folder, where it is written now: <c>Name.txt</c> for a source
    /// <c>Name.xml</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such source; one sentence.</exception>
    public static string In(string folder, string source)
    {
        if (!File.Exists(source)) throw new FileNotFoundException($"There is no {Path.GetFullPath(source)}: name the "
            + "XML file that lies beside a library.");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(source), ".txt"));
        WholeFile.Write(path, string.Join('\n',
            File.ReadLines(source).Select(line => Tag().Replace(line, "").Trim()).Distinct()));
        return path;
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
