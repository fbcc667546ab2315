using System.Globalization;
using System.Net;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Charts;

/// <summary>Measured numbers in rows and columns, as one reads them: with as many decimals as mean something, and an
/// interval with its ends.</summary>
[TypeFormatterSource(typeof(Formatters), PreferredMimeTypes = [Html, FigureFormatters.Text])]
public sealed record MeasureTable
{
    private const string Html = "text/html";
    private const double Long = 1000;   // a column with a number from here on needs no decimals

    private MeasureTable(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows) =>
        (Head, Rows) = (head, rows);

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Head { get; }

    /// <summary>The text of each field, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <param name="rows">Records or anonymous objects: each property is a column.</param>
    /// <param name="decimals">Of the numbers of a column; it has none where one of them is 1000 or more.</param>
    /// <exception cref="ArgumentException">A row has no properties.</exception>
    public static MeasureTable Of<T>(IEnumerable<T> rows, int decimals = 3)
    {
        var columns = typeof(T).GetProperties();
        if (columns.Length == 0 || typeof(T) == typeof(string))
            throw new ArgumentException($"A row of type {typeof(T).Name} has no columns: make it an anonymous object, "
                + "new { Name = value }.");
        var values = rows.Select(row => columns.Select(c => c.GetValue(row)).ToList()).ToList();
        return Of([.. columns.Select(c => c.Name)], values, decimals);
    }

    /// <param name="rows">Of each the values, column by column.</param>
    /// <inheritdoc cref="Of{T}"/>
    internal static MeasureTable Of(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<object?>> rows,
        int decimals)
    {
        var shown = head.Select((_, c) =>
            rows.Any(row => Size(row[c]) >= Long) ? 0 : decimals).ToList();
        return new(head,
            [.. rows.Select(row => row.Select((value, c) => Numbers.Plain(Field(value, shown[c]))).ToList())]);
    }

    /// <summary>The table as lines of text.</summary>
    public override string ToString()
    {
        var all = Rows.Prepend(Head).ToList();
        var widths = Head.Select((_, c) => all.Max(row => row[c].Length)).ToList();
        return string.Join('\n', all.Select(row =>
            string.Join("  ", row.Select((field, c) => field.PadRight(widths[c]))).TrimEnd()));
    }

    private string ToHtml() => $"<table><thead>{Row("th", Head)}</thead>"
        + $"<tbody>{string.Concat(Rows.Select(row => Row("td", row)))}</tbody></table>";

    private static string Row(string tag, IReadOnlyList<string> fields) =>
        $"<tr>{string.Concat(fields.Select(field => $"<{tag}>{WebUtility.HtmlEncode(field)}</{tag}>"))}</tr>";

    private static double Size(object? value) => Math.Abs(value switch
    {
        double number => number, Interval interval => interval.Value, Spread spread => spread.Value, _ => 0,
    });

    private static string Field(object? value, int decimals) => value switch
    {
        double number => number.ToString($"N{decimals}", CultureInfo.InvariantCulture),
        Interval interval => interval.ToString($"N{decimals}"),
        Spread spread => spread.ToString($"N{decimals}", null),
        IEnumerable<double> many => string.Join("  ", many.Select(number => Field(number, decimals))),
        int or long => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private sealed class Formatters : ITypeFormatterSource
    {
        public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
        [
            new MimeFormatter<MeasureTable>(Html, table => table.ToHtml()),
            new MimeFormatter<MeasureTable>(FigureFormatters.Text, table => table.ToString()),
        ];
    }
}
