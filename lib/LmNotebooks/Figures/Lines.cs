namespace LmNotebooks.Figures;

/// <summary>Text in lines.</summary>
internal static class Lines
{
    /// <summary>Broken between words, so that no line has more letters than given unless one word has.</summary>
    public static IReadOnlyList<string> Of(string text, int letters) =>
        Of(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), line => line.Length <= letters);

    /// <summary>Words in lines that fit, unless one word alone does not.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> words, Func<string, bool> fits) =>
        words.Aggregate(new List<string>(), (lines, word) =>
        {
            if (lines.Count > 0 && fits($"{lines[^1]} {word}")) lines[^1] += $" {word}";
            else lines.Add(word);
            return lines;
        });
}
