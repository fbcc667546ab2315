using LmNotebooks.Figures;

namespace LmNotebooks.Charts;

/// <summary>A table of pairs: how likely each word is after each word. A bigram model is such a table.</summary>
public static class WordPairs
{
    /// <param name="words">The words, [V].</param>
    /// <param name="probabilities">[V, V]: row a holds the probabilities of the words that can follow a.</param>
    /// <exception cref="ArgumentException">There is no word, or the table has another size.</exception>
    public static Figure Of(IReadOnlyList<string> words, double[,] probabilities) =>
        new("How likely each word is after each word", new Axis("next word", Categories: words),
            new Axis("word", Categories: words), [new Heat("probability", probabilities)],
            Caption(words, probabilities));

    private static string Caption(IReadOnlyList<string> words, double[,] probabilities)
    {
        if (words.Count == 0 || probabilities.GetLength(0) != words.Count || probabilities.GetLength(1) != words.Count)
            return "";
        var (before, after, most) = words.SelectMany((_, a) => words.Select((_, b) => (a, b, probabilities[a, b])))
            .MaxBy(pair => pair.Item3);
        return $"The surest pair: after \"{words[before]}\" comes \"{words[after]}\" with probability "
            + $"{Numbers.Text(most, 2)}.";
    }
}
