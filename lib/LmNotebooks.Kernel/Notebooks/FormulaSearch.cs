using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>Where formulas stand in a Markdown text: between dollars, between \\( \\) or \\[ \\], or in an environment.
/// Where VS Code and Jupyter differ, prices are no formulas, as in VS Code, and $k$th is one, as in Jupyter.</summary>
internal sealed partial class FormulaSearch
{
    private const int LongestInline = 2000;
    private readonly string text;
    private readonly List<int> blankLines, fences;
    private readonly Dictionary<int, int> environments = [];
    private readonly Dictionary<string, int> missing = [];

    private FormulaSearch(string text)
    {
        this.text = text;
        blankLines = [.. BlankLine().Matches(text).Select(m => m.Index)];
        fences = [.. Fence().Matches(text).Select(m => m.Groups[1].Index)];
        var open = new Dictionary<string, Stack<int>>();
        foreach (Match bound in Bound().Matches(text))
        {
            if (!open.TryGetValue(bound.Groups[2].Value, out var begins)) open[bound.Groups[2].Value] = begins = new();
            if (bound.Groups[1].Value == "begin") begins.Push(bound.Index);
            else if (begins.TryPop(out var begin)) environments[begin] = bound.Index + bound.Length;
        }
    }

    /// <param name="TexStart">Where the formula begins behind its dollars or brackets.</param>
    public readonly record struct Found(int Start, int TexStart, int TexEnd, int End, bool Display);

    /// <exception cref="ArgumentException">The text is nested too deeply for Markdown.</exception>
    public static IEnumerable<Found> In(string markdown)
    {
        if (!Opening().IsMatch(markdown)) yield break;
        var search = new FormulaSearch(MarkdownCode.Cover(markdown));
        for (var opening = Opening().Match(search.text); opening.Success;)
        {
            var end = opening.Index + opening.Length;
            if (search.At(opening) is { } found)
            {
                yield return found;
                end = found.End;
            }
            opening = Opening().Match(search.text, end);
        }
    }

    private Found? At(Match opening)
    {
        var (start, behind) = (opening.Index, opening.Index + opening.Length);
        switch (opening.Value)
        {
            case "$": return Inline(start);
            case "$$": return Between(start, behind, "$$") ?? Fenced(start, behind);
            case @"\\(": return Between(start, behind, @"\\)");
            case @"\\[": return Between(start, behind, @"\\]");
            default: return environments.TryGetValue(start, out var end) ? new(start, start, end, end, true) : null;
        }
    }

    /// <summary>Up to the dollar that closes, within the paragraph; dollars in braces belong to a text in the
    /// formula.</summary>
    private Found? Inline(int start)
    {
        if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) return null;
        var (end, depth) = (-1, 0);
        for (var (at, limit) = (start + 1, Math.Min(Paragraph(start), start + LongestInline)); at < limit; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '{') depth++;
            else if (text[at] == '}') depth--;
            else if (text[at] == '$')
            {
                if (depth <= 0 || end < 0) end = at;
                if (depth <= 0) break;
            }
        }
        if (end <= start + 1) return null;
        var inside = text.AsSpan(start + 1, end - start - 1);
        if (inside.IsWhiteSpace()) return null;
        var after = end + 1 < text.Length ? text[end + 1] : ' ';
        if (char.IsAsciiDigit(after) || char.IsAsciiLetter(after) && inside.ContainsAny(' ', '\n')) return null;
        return new(start, start + 1, end, end + 1, Display: false);
    }

    private Found? Between(int start, int behind, string close)
    {
        var limit = Paragraph(start);
        if (missing.GetValueOrDefault(close) > behind) return null;
        var end = text.IndexOf(close, behind, limit - behind, StringComparison.Ordinal);
        if (end < 0) missing[close] = limit;
        if (end < 0 || text.AsSpan(behind, end - behind).IsWhiteSpace()) return null;
        return new(start, behind, end, end + close.Length, Display: close != @"\\)");
    }

    /// <summary>From two dollars alone in their line to the next such line, whatever is between them.</summary>
    private Found? Fenced(int start, int behind) =>
        fences.BinarySearch(start) is >= 0 and var i && i + 1 < fences.Count
            ? new(start, behind, fences[i + 1], fences[i + 1] + 2, Display: true) : null;

    /// <summary>The end of the paragraph that <paramref name="at"/> is in.</summary>
    private int Paragraph(int at)
    {
        var next = blankLines.BinarySearch(at);
        return (next < 0 ? ~next : next) is var i && i < blankLines.Count ? blankLines[i] : text.Length;
    }

    // Escaped signs are passed over: \$ is a dollar.
    [GeneratedRegex(@"\\begin\{[A-Za-z]+\*?\}|\\\\[(\[]|\$\$?|\\.", RegexOptions.Singleline)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\\(begin|end)\{([A-Za-z]+\*?)\}")]
    private static partial Regex Bound();

    [GeneratedRegex(@"\n[ \t\r>]*\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"(?:^|\n)[ \t>]*(\$\$)[ \t]*(?=\r?\n|$)")]
    private static partial Regex Fence();
}
