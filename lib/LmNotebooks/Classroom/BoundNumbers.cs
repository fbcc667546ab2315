using System.Globalization;
using System.Text.RegularExpressions;
using LmNotebooks.Experiments;

namespace LmNotebooks.Classroom;

/// <summary>Finds bound numbers in Markdown, and recomputes them. After the key stands a .NET format: F3, N0, P0 for
/// per cent.</summary>
internal static partial class BoundNumbers
{
    /// <exception cref="FormatException">A binding cannot be computed; one sentence that quotes it.</exception>
    public static IReadOnlyList<BoundNumber> In(string text, Quantities quantities)
    {
        var found = Binding().Matches(text);
        if (Regex.Count(text, "<!--=") > found.Count)
            throw new FormatException("A binding is broken: write it as <!--=experiment/arm/measure:F3-->, on one "
                + "line.");
        return [.. found.Select(m => new BoundNumber(m.Groups["text"].Value, m.Groups["key"].Value,
            Now(m, quantities)))];
    }

    /// <summary>The text with the numbers of the records; nothing else is changed.</summary>
    /// <exception cref="FormatException">A binding cannot be computed; one sentence that quotes it.</exception>
    public static string Rewrite(string text, Quantities quantities) => Binding()
        .Replace(text, m => Now(m, quantities) + m.Value[m.Groups["text"].Length..]);

    private static string Now(Match binding, Quantities quantities)
    {
        try
        {
            var value = quantities.Value(binding.Groups["key"].Value);
            return value is IFormattable number ? number.ToString(binding.Groups["format"].Value,
                CultureInfo.InvariantCulture) : (string)value;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{binding.Value} cannot be computed. {e.Message}", e);
        }
    }

    [GeneratedRegex(@"(?<text>(?:[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?(?: ?%)?|\p{L}+)?)"
        + @"<!--=\s*(?<key>[^:<>\n]+?)\s*(?::\s*(?<format>[^:<>\n]+?)\s*)?-->")]
    private static partial Regex Binding();
}
