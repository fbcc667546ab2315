using System.Text.RegularExpressions;
using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Guards;

/// <summary>A part of a notebook under one heading of the second or third level, and how long a newcomer takes for it
/// by a rule.</summary>
internal sealed partial record Section(string Heading, string Text, IReadOnlyList<Cell> Cells)
{
    private const double WordsAMinute = 150, LinesAMinute = 20, MinutesAChart = 0.5;
    private static readonly int[] MinutesOfStars = [0, 2, 4, 8];

    /// <summary>The sections of a notebook in their order, the first being what stands before its first heading of
    /// these levels.</summary>
    public static IReadOnlyList<Section> Of(Notebook notebook)
    {
        var sections = new List<Section> { new("", "", []) };
        foreach (var cell in notebook.Cells)
        {
            if (cell.IsCode)
            {
                sections[^1] = sections[^1] with { Cells = [.. sections[^1].Cells, cell] };
                continue;
            }
            var parts = Headings().Split(cell.Source + "\n\n");
            sections[^1] = sections[^1] with { Text = sections[^1].Text + parts[0] };
            sections.AddRange(parts.Skip(1).Select(part => new Section(part.Split('\n')[0].Trim(), part, [])));
        }
        return sections;
    }

    public bool MayBeSkipped => Heading.Contains("skipped");

    /// <summary>What its heading says; NaN if it says nothing.</summary>
    public double Told => Minute().Match(Heading) is { Success: true } told ? double.Parse(told.Groups[1].Value)
        : double.NaN;

    public bool IsPartOfAnother => Heading.StartsWith("###");

    /// <summary>Of its own text, without sections of a lower level.</summary>
    public double Minutes => Prose.Words(Text) / WordsAMinute
        + Cells.Where(cell => !cell.Source.StartsWith("#r ")).Sum(cell => Lines(cell.Source)) / LinesAMinute
        + Cells.SelectMany(cell => cell.Outputs).Count(IsChart) * MinutesAChart
        + Stars().Matches(Text).Sum(stars => MinutesOfStars[stars.Length]);

    private static int Lines(string source) => source.Split('\n').Count(line => line.Trim().Length > 0);

    private static bool IsChart(System.Text.Json.Nodes.JsonNode? output) =>
        output!["data"] is System.Text.Json.Nodes.JsonObject data
        && (data.ContainsKey(FigureFormatters.Plotly) || data.ContainsKey(FigureFormatters.Svg));

    [GeneratedRegex(@"^(?=##)", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\((\d+) minutes?")]
    private static partial Regex Minute();

    [GeneratedRegex("★+")]
    private static partial Regex Stars();
}
