namespace LmNotebooks.Figures;

/// <summary>Text in lines.</summary>
internal static class Lines
{
    /// <summary>Broken between words, so that no line has more letters than given unless one word has.</summary>
    public static IReadOnlyList<string> Of(string text, int letters) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), (lines, word) =>
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= letters) lines[^1] += " " + word;
            else lines.Add(word);
            return lines;
        });
}
