using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>JSON as <c>json.dumps(x, ensure_ascii=False, indent=1, sort_keys=True)</c> of Python writes it, with which
/// Jupyter saves notebooks: every character as itself but controls, quotes and backslashes; numbers as Python has read
/// them.</summary>
public static class PythonJson
{
    /// <summary>Python writes a number without an exponent where its decimal point stands from this many digits before
    /// the first one on, up to that many after it.</summary>
    private const int LeastPoint = -3, MostPoint = 16;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    /// <summary>UTF-8 sorts as code points do; C# characters do not, beyond U+FFFF.</summary>
    private static readonly Comparer<string> ByCodePoint =
        Comparer<string>.Create((a, b) => Bytes(a).SequenceCompareTo(Bytes(b)));

    /// <remarks>A number too large for Python's float stays as it is: Python would write Infinity, which is not
    /// JSON.</remarks>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Add(text, node, "\n ");
        return text.ToString();
    }

    private static void Add(StringBuilder text, JsonNode? node, string newLine)
    {
        switch (node)
        {
            case JsonObject fields:
                var sorted = fields.OrderBy(f => f.Key, ByCodePoint);
                AddAll(text, "{}", newLine, sorted, field =>
                {
                    AddText(text, field.Key);
                    text.Append(": ");
                    Add(text, field.Value, newLine + " ");
                });
                break;
            case JsonArray items:
                AddAll(text, "[]", newLine, items, item => Add(text, item, newLine + " "));
                break;
            case JsonValue value when value.TryGetValue(out string? characters):
                AddText(text, characters);
                break;
            default:
                var written = node?.ToJsonString() ?? "null";
                text.Append(node?.GetValueKind() == JsonValueKind.Number ? Number(written) : written);
                break;
        }
    }

    private static ReadOnlySpan<byte> Bytes(string key) => Encoding.UTF8.GetBytes(key);

    private static void AddAll<T>(
        StringBuilder text, string brackets, string newLine, IEnumerable<T> items, Action<T> add)
    {
        text.Append(brackets[0]);
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator).Append(newLine);
            add(item);
            separator = ",";
        }
        if (separator.Length > 0) text.Append(newLine, 0, newLine.Length - 1);
        text.Append(brackets[1]);
    }

    private static void AddText(StringBuilder text, ReadOnlySpan<char> characters)
    {
        text.Append('"');
        for (int at; (at = characters.IndexOfAny(Escaped)) >= 0; characters = characters[(at + 1)..])
        {
            text.Append(characters[..at]);
            text.Append(characters[at] switch
            {
                '"' => "\\\"", '\\' => @"\\", '\n' => @"\n", '\r' => @"\r", '\t' => @"\t", '\b' => @"\b", '\f' => @"\f",
                var control => $"\\u{(int)control:x4}",
            });
        }
        text.Append(characters).Append('"');
    }

    private static string Number(string written)
    {
        if (written.AsSpan().IndexOfAny(".eE") < 0) return written == "-0" ? "0" : written;
        var value = double.Parse(written, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? (double.IsNegative(value) ? "-" : "") + Positive(Math.Abs(value)) : written;
    }

    /// <summary>The fewest digits that are this number and no other, with a point or an exponent where Python has
    /// one.</summary>
    private static string Positive(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var (whole, fraction) = parts[0].Split('.') is [var before, var after] ? (before, after) : (parts[0], "");
        var digits = (whole + fraction).TrimStart('0');
        var point = whole.Length + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        point -= whole.Length + fraction.Length - digits.Length;
        digits = digits.TrimEnd('0');
        if (digits.Length == 0) return "0.0";
        if (point is < LeastPoint or > MostPoint)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{mantissa}e{(point > 0 ? '+' : '-')}{Math.Abs(point - 1):00}";
        }
        if (point <= 0) return $"0.{new string('0', -point)}{digits}";
        return point >= digits.Length ? $"{digits.PadRight(point, '0')}.0" : $"{digits[..point]}.{digits[point..]}";
    }
}
