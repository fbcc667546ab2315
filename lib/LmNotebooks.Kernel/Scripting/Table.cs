using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Rows of plain values: numbers, text, dates. It shows sequences and records in a cell's output.</summary>
/// <param name="More">What stands after the last row: that there are more, or why there are not; null for
/// nothing.</param>
internal sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, string? More,
    string? OneLine)
{
    private const int MaxRows = 20, MaxInRow = 8;
    private static readonly ConcurrentDictionary<Type, MemberInfo[]?> Columns = new();

    public static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTime)
            || type == typeof(DateTimeOffset)
        || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(Guid)
            || type == typeof(Half)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsPlain(inner));

    public static string Text(object? value) => value switch
    {
        null => "null",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <returns>Null where the value is neither a sequence nor a record of values that fit in a row.</returns>
    public static Table? TryOf(object value)
    {
        if (value is not IEnumerable sequence) return OfRecord(value);
        if (ElementType(value.GetType()) is not { } element) return null;
        var columns = FitsInRow(element) ? [] : ColumnsOf(element);
        if (columns is null) return null;
        var (shown, more) = Read(sequence, MaxRows);
        return columns.Length == 0
            ? new Table(["index", "value"], [.. shown.Select((v, i) => new[] { Text(i), Short(v) })], more,
                Line(shown.Select(v => v is IEnumerable and not string ? Short(v) : Text(v)), more))
            : new Table([.. columns.Select(c => c.Name)],
                [.. shown.Select(v => columns.Select(c => v is null ? "null" : Short(Get(c, v))).ToArray())], more,
                    null);
    }

    public string ToHtml()
    {
        var last = More is null ? "" : $"<tr><td colspan=\"{Head.Count}\">{WebUtility.HtmlEncode(More)}</td></tr>";
        var rows = string.Concat(Rows.Select(row => Row("td", row)));
        return $"<table><thead>{Row("th", Head)}</thead><tbody>{rows}{last}</tbody></table>";
    }

    public string ToText()
    {
        if (OneLine is not null) return OneLine;
        var widths = Enumerable.Range(0, Head.Count)
            .Select(c => Rows.Select(r => r[c].Length).Append(Head[c].Length).Max()).ToArray();
        var lines = Rows.Prepend(Head).Select(row =>
            string.Join("  ", row.Select((entry, c) => entry.PadRight(widths[c]))).TrimEnd());
        return string.Join("\n", More is null ? lines : lines.Append(More));
    }

    private static string Row(string tag, IEnumerable<string> entries) =>
        $"<tr>{string.Concat(entries.Select(entry => $"<{tag}>{WebUtility.HtmlEncode(entry)}</{tag}>"))}</tr>";

    private static Table? OfRecord(object value) => ColumnsOf(value.GetType()) is not { } columns ? null
        : new Table(["name", "value"], [.. columns.Select(c => new[] { c.Name, Short(Get(c, value)) })], null,
            Text(value));

    /// <summary>The columns of a record, a tuple, an anonymous type or a key-value pair; null where one of its values
    /// does not fit in a row, and for every other type.</summary>
    private static MemberInfo[]? ColumnsOf(Type type) => Columns.GetOrAdd(type, static t =>
    {
        var isRecord = t.GetMethod("<Clone>$") is not null
            || t.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null
            || t.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)
            || (t.IsGenericType && t.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
        MemberInfo[] members = t.IsAssignableTo(typeof(ITuple)) ? [.. t.GetFields().Where(f => !f.IsStatic)]
            : isRecord ? [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetIndexParameters().Length == 0)] : [];
        return members.Length > 0 && members.All(m =>
            FitsInRow(m is FieldInfo f ? f.FieldType : ((PropertyInfo)m).PropertyType)) ? members : null;
    });

    private static object? Get(MemberInfo column, object row) => column is FieldInfo field ? field.GetValue(row)
        : ((PropertyInfo)column).GetValue(row);

    private static bool FitsInRow(Type type) => IsPlain(type) || (ElementType(type) is { } element && IsPlain(element));

    /// <summary>The first items, and what stands after them. A sequence may have no end, or fail on the way.</summary>
    private static (List<object?> Items, string? More) Read(IEnumerable sequence, int most)
    {
        var items = new List<object?>();
        try
        {
            foreach (var item in sequence)
            {
                if (items.Count == most) return (items, "...");
                items.Add(item);
            }
        }
        catch (Exception e) when (!Errors.IsInterrupt(e)) { return (items, $"({e.Message})"); }
        return (items, null);
    }

    private static string Line(IEnumerable<string> items, string? more) =>
        $"[{string.Join(", ", more is null ? items : items.Append(more))}]";

    private static Type? ElementType(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(i => i.IsGenericType
            && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>Six digits are enough to read a column; the value itself is one expression away.</summary>
    private static string Short(object? value) => value switch
    {
        double d => d.ToString("G6", CultureInfo.InvariantCulture),
        float f => f.ToString("G6", CultureInfo.InvariantCulture),
        IEnumerable sequence and not string => Read(sequence, MaxInRow) is var (items, more)
            ? Line(items.Select(Short), more) : "",
        _ => Text(value),
    };
}
