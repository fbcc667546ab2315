using System.Globalization;
using LmNotebooks.Figures;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Writes a figure as a table for other programs.</summary>
public static class FigureTable
{
    /// <summary>A row for each point of each mark: its name (and behind it what the point is called, or the row of a
    /// heat map), where it stands (a number, or the name of a row of bars or a column), its value, and the ends of its
    /// interval or band. What a mark does not have is empty. Numbers have all their digits.</summary>
    public static string ToCsv(Figure figure) =>
        string.Concat(figure.Marks.SelectMany(m => Rows(figure, m)).Prepend(["mark", "x", "low", "y", "high"])
        .Select(row => string.Join(',', row.Select(Quoted)) + "\n"));

    private static IEnumerable<string[]> Rows(Figure figure, Mark mark) => mark switch
    {
        PlaneMark plane => plane.X.Select((x, i) =>
            Row(plane.Texts is { } texts ? $"{mark.Name}: {texts[i]}" : mark.Name, x, plane.Intervals?[i].Low,
                plane.Y[i], plane.Intervals?[i].High)),
        Heat heat => figure.Y.Categories!.SelectMany((row, r) => figure.X.Categories!.Select((column, c) => (string[])
            [$"{mark.Name}: {row}", column, "", Text(heat.Values[r, c]), ""])),
        Band band => band.X.Select((x, i) => Row(mark.Name, x, band.Low[i], null, band.High[i])),
        RowMark rows => rows.Values.Select((value, i) => (string[])
            [mark.Name, figure.Y.Categories![rows.Rows[i]].Replace('\n', ' '), Text(rows.Intervals?[i].Low),
                Text(value), Text(rows.Intervals?[i].High)]),
        Reference { Vertical: true } line => [Row(mark.Name, line.Value, null, null, null)],
        Reference line => [Row(mark.Name, null, null, line.Value, null)],
        _ => throw new ArgumentException($"{mark.GetType().Name} cannot be written as a table."),
    };

    private static string[] Row(string name, double? x, double? low, double? y, double? high) =>
        [name, Text(x), Text(low), Text(y), Text(high)];

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n")
        ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
