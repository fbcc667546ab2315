using System.Xml.Linq;

namespace LmNotebooks.Languages;

/// <summary>Labelled texts that every reader has, the same to the last byte: what the .NET reference documentation says
/// of members in two namespaces, and in which of them each is. The label stands in the member's name, and not in the
/// text. Both labels are equally frequent.</summary>
public static class DotnetSummaries
{
    /// <summary>SHA-256 of the file.</summary>
    public const string Sha256 = "575cb8aaec125d5b21bcafd9ee53799ee0a87345e5e285407e9e0ea95a4ea1de";

    /// <summary>Texts with each label.</summary>
    private const int Texts = 1500;

    private static readonly string[] Labels = ["System.Net", "System.Security"];

    /// <summary>The path of the texts in a folder, as a <see cref="LabelledFile"/>, which is there: it is written now
    /// where it is missing or damaged.</summary>
    /// <inheritdoc cref="DotnetDocumentation.In"/>
    public static string In(string folder, string? source = null)
    {
        var path = Path.Combine(folder, $"dotnet-summaries-{DotnetDocumentation.Version}.csv");
        if (File.Exists(path) && RealText.Hash(path, "") == Sha256) return path;
        DotnetDocumentation.In(folder, source);     // says how to get the package where it is missing
        LabelledFile.Write(path, Of(source ?? DotnetDocumentation.Folder, Texts));
        return path;
    }

    /// <summary>In turns a text of each label, in a random order that is always the same. They are lines of
    /// <see cref="DotnetDocumentation"/>; those that would be asked of both namespaces are not among them.</summary>
    internal static IEnumerable<LabelledText> Of(string folder, int each) => Summaries(folder)
        .GroupBy(s => s.Text, (_, same) => same.Distinct().ToList()).Where(same => same.Count == 1)
        .Index().OrderBy(s => Seeds.Mix(s.Index)).Select(s => s.Item[0])
        .GroupBy(s => s.Label).SelectMany(label => label.Take(each).Index())
        .OrderBy(s => s.Index).ThenBy(s => s.Item.Label, StringComparer.Ordinal).Select(s => s.Item);

    /// <summary>Summaries without a tag, which would name other members.</summary>
    private static IEnumerable<LabelledText> Summaries(string folder) =>
        from file in Directory.GetFiles(folder, "*.xml").OrderBy(Path.GetFileName, StringComparer.Ordinal)
        from member in XDocument.Load(file).Descendants("member")
        let label = Labels.FirstOrDefault(l => member.Attribute("name")!.Value[2..]
            .StartsWith($"{l}.", StringComparison.Ordinal))
        where label is not null
        from summary in member.Elements("summary")
        where !summary.HasElements
        let words = summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        let text = string.Join(' ', words)
        where text.EndsWith('.') && !Labels.Any(text.Contains)
        select new LabelledText(text, label);
}
