using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Rows of plain values: numbers, text, dates. It shows sequences and records in a cell's output.</summary>
internal sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, bool More, string? OneLine)
{
    private const int MaxRows = 20;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]?> Columns = new();

    public static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset)
        || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(Guid) || type == typeof(Half)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsPlain(inner));

    public static string Text(object? value) => value switch
    {
        null => "null",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <returns>Null where the value is neither a sequence nor a record of plain values.</returns>
    public static Table? TryOf(object value)
    {
        if (value is not IEnumerable sequence) return OfRecord(value);
        if (ElementType(value.GetType()) is not { } element) return null;
        var properties = IsPlain(element) ? [] : PlainProperties(element);
        if (properties is null) return null;
        var items = sequence.Cast<object?>().Take(MaxRows + 1).ToList();
        var more = items.Count > MaxRows;
        var shown = items.Take(MaxRows).ToList();
        if (properties.Length == 0)
        {
            var line = $"[{string.Join(", ", shown.Select(Text))}{(more ? ", ..." : "")}]";
            return new Table(["index", "value"], [.. shown.Select((v, i) => new[] { Text(i), Short(v) })], more, line);
        }
        return new Table([.. properties.Select(p => p.Name)],
            [.. shown.Select(v => properties.Select(p => v is null ? "null" : Short(p.GetValue(v))).ToArray())], more, null);
    }

    public string ToHtml()
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var name in Head) html.Append("<th>").Append(WebUtility.HtmlEncode(name)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            foreach (var entry in row) html.Append("<td>").Append(WebUtility.HtmlEncode(entry)).Append("</td>");
            html.Append("</tr>");
        }
        if (More) html.Append($"<tr><td colspan=\"{Head.Count}\">...</td></tr>");
        return html.Append("</tbody></table>").ToString();
    }

    public string ToText()
    {
        if (OneLine is not null) return OneLine;
        var widths = Enumerable.Range(0, Head.Count).Select(c => Rows.Select(r => r[c].Length).Append(Head[c].Length).Max()).ToArray();
        var lines = Rows.Prepend(Head).Select(row => string.Join("  ", row.Select((entry, c) => entry.PadRight(widths[c]))).TrimEnd());
        return string.Join("\n", More ? lines.Append("...") : lines);
    }

    private static Table? OfRecord(object value) => PlainProperties(value.GetType()) is not { } properties ? null
        : new Table(["name", "value"], [.. properties.Select(p => new[] { p.Name, Short(p.GetValue(value)) })], false, Text(value));

    /// <summary>The columns of a record, an anonymous type or a key-value pair of plain values; null for every other type.</summary>
    private static PropertyInfo[]? PlainProperties(Type type) => Columns.GetOrAdd(type, static t =>
    {
        var isRecord = t.GetMethod("<Clone>$") is not null || t.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null
            || t.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)
            || (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
        var properties = t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).ToArray();
        return isRecord && properties.Length > 0 && properties.All(p => IsPlain(p.PropertyType)) ? properties : null;
    });

    private static Type? ElementType(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>Six digits are enough to read a column; the value itself is one expression away.</summary>
    private static string Short(object? value) => value switch
    {
        double d => d.ToString("G6", CultureInfo.InvariantCulture),
        float f => f.ToString("G6", CultureInfo.InvariantCulture),
        _ => Text(value),
    };
}
