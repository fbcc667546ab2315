using System.Text.RegularExpressions;

namespace LmNotebooks.Tests.Guards;

/// <summary>Markdown as a reader reads it: words and sentences, without comments, pictures and addresses.</summary>
internal static partial class Prose
{
    /// <summary>How many words a text has, those of tables and headings, too.</summary>
    public static int Words(string markdown) => Spaces().Split(Marks().Replace(Comment().Replace(markdown, ""), " "))
        .Count(word => word.Any(char.IsLetterOrDigit));

    /// <summary>The sentences of the paragraphs and lists; those of tables, headings and code are no sentences. A
    /// formula and a piece of code count as one word each.</summary>
    public static IEnumerable<string> Sentences(string markdown) => Paragraphs(Plain(markdown))
        .SelectMany(paragraph => End().Split(paragraph)).Where(sentence => sentence.Any(char.IsLetterOrDigit));

    private static string Plain(string markdown)
    {
        var text = Comment().Replace(Fence().Replace(markdown, ""), "");
        text = InlineFormula().Replace(Formula().Replace(text, " formula "), "x");
        return Link().Replace(Picture().Replace(Code().Replace(text, "code"), ""), "$1");
    }

    private static IEnumerable<string> Paragraphs(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            var isProse = line.Length > 0 && line[0] is not ('#' or '|');
            if ((!isProse || Item().IsMatch(line)) && lines.Count > 0)
            {
                yield return string.Join(' ', lines);
                lines.Clear();
            }
            if (isProse) lines.Add(Emphasis().Replace(Item().Replace(line, "").TrimStart('>', ' '), ""));
        }
        if (lines.Count > 0) yield return string.Join(' ', lines);
    }

    [GeneratedRegex(@"<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\$\$.*?\$\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\$[^$\n]+\$")]
    private static partial Regex InlineFormula();

    [GeneratedRegex(@"`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"!\[[^\]]*\]\([^)]*\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^([-*+]|\d+\.) ")]
    private static partial Regex Item();

    [GeneratedRegex(@"[*_]{1,3}")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"(?<=[.!?])[""”)\]]*\s+(?=[""“(\[]?[A-Z0-9])")]
    private static partial Regex End();

    [GeneratedRegex(@"[|#*_`]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
