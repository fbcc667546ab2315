using LmNotebooks.Figures;

namespace LmNotebooks.Charts;

/// <summary>Where each word of a text looks: the weights of one attention head, or a mean over heads.</summary>
public static class AttentionMap
{
    private const double Rounding = 1e-3;   // of weights computed in single precision
    private const int Named = 3;            // words in the caption

    /// <param name="words">The text, [T].</param>
    /// <param name="weights">[T, T]: row t is how position t weighs the positions up to itself; it sums to 1.</param>
    /// <exception cref="ArgumentException">There is no word, the matrix has another size, a position looks at a later
    /// one, or a row is no distribution.</exception>
    public static Figure Of(IReadOnlyList<string> words, double[,] weights)
    {
        var figure = new Figure("Where each word looks", new Axis("looks at", Categories: words),
            new Axis("reading", Categories: words),
            [new Heat("attention weight", weights)], Caption(words, weights));
        for (var t = 0; t < words.Count; t++)
        {
            var row = Row(weights, t);
            if (row.Skip(t + 1).Any(w => w > Rounding))
                throw new ArgumentException($"Position {t} looks at a later one: attention of a language model is "
                    + "causal.");
            if (row.Min() < 0 || Math.Abs(row.Sum() - 1) > Rounding)
                throw new ArgumentException($"The weights of position {t} are no shares that sum to 1.");
        }
        return figure;
    }

    private static string Caption(IReadOnlyList<string> words, double[,] weights)
    {
        if (words.Count == 0 || weights.GetLength(0) != words.Count || weights.GetLength(1) != words.Count) return "";
        var most = Row(weights, words.Count - 1).Select((weight, t) => (weight, t)).OrderByDescending(w => w.weight)
            .Take(Named).ToList();
        return $"The last word, \"{words[^1]}\", looks most at " + Numbers.Sentence(most.Select((w, i) =>
            (i == 0 ? $"\"{words[w.t]}\" (position {w.t} of 0 to {words.Count - 1})" : $"then at \"{words[w.t]}\"")
                + $", weight {Numbers.Text(w.weight, 2)}"));
    }

    private static double[] Row(double[,] weights, int t) =>
        [.. Enumerable.Range(0, weights.GetLength(1)).Select(column => weights[t, column])];
}
