using System.Globalization;
using System.Text.RegularExpressions;
using LmNotebooks.Experiments;

namespace LmNotebooks.Classroom;

/// <summary>A measured number in prose, bound to the records by a comment that readers do not see:
/// <c>0.116&lt;!--=sharing/albert-all/excess:F3--&gt;</c>.</summary>
/// <param name="Text">What the prose says; empty where there is neither number nor word before the comment.</param>
/// <param name="Now">What the records say.</param>
public sealed record BoundNumber(string Text, string Key, string Now)
{
    public bool IsCurrent => Text == Now;
}

/// <summary>Finds bound numbers in Markdown, and recomputes them. After the key stands a .NET format: F3, N0, P0 for
/// per cent.</summary>
public static partial class BoundNumbers
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
