using System.Globalization;
using LmNotebooks.Figures;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Writes a figure as a table for other programs.</summary>
public static class FigureTable
{
    /// <summary>A row for each point of each mark: its name, where it stands (a number, or the name of a row of bars), its value, and the ends of
    /// its interval or band. What a mark does not have is empty. Numbers have all their digits.</summary>
    public static string ToCsv(Figure figure) => string.Concat(figure.Marks.SelectMany(m => Rows(figure, m)).Prepend(["mark", "x", "low", "y", "high"])
        .Select(row => string.Join(',', row.Select(Quoted)) + "\n"));

    private static IEnumerable<string[]> Rows(Figure figure, Mark mark) => mark switch
    {
        Line line => line.X.Select((x, i) => Row(mark, x, null, line.Y[i], null)),
        Band band => band.X.Select((x, i) => Row(mark, x, band.Low[i], null, band.High[i])),
        RowMark rows => rows.Values.Select((value, i) => (string[])
            [mark.Name, figure.Y.Categories![rows.Rows[i]].Replace('\n', ' '), Text(rows.Intervals?[i].Low), Text(value), Text(rows.Intervals?[i].High)]),
        Reference { Vertical: true } line => [Row(mark, line.Value, null, null, null)],
        Reference line => [Row(mark, null, null, line.Value, null)],
        _ => throw new ArgumentException($"{mark.GetType().Name} cannot be written as a table."),
    };

    private static string[] Row(Mark mark, double? x, double? low, double? y, double? high) => [mark.Name, Text(x), Text(low), Text(y), Text(high)];

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
