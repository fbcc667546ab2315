using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Charts;

/// <summary>Where each word of a text looks: the weights of one attention head, or a mean over heads.</summary>
public static class AttentionMap
{
    private const double Rounding = 1e-3;   // of weights computed in single precision
    private const int Named = 3;            // words in the caption
    private const int FewWords = 14;        // that can be read along an axis

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

    /// <summary>Where a model looks for the form of a verb: the first text of some whose main verb, among its first
    /// words, has an attractor before it, cut just before that verb, and of all heads the one that looks from there
    /// most at the head noun of the subject.</summary>
    /// <exception cref="ArgumentException">No text has such a verb; one sentence.</exception>
    public static Figure OverAttractor(Lingua language, TransformerLm model, IReadOnlyList<int[]> documents)
    {
        var (text, verb) = documents.Select(document => (document, MainVerb(language, document)))
            .FirstOrDefault(found => found.Item2 >= 0);
        if (text is null)
            throw new ArgumentException($"No text has an attractor before a main verb among its first {FewWords} "
                + "words: give more texts, or raise Depth.");
        var read = text[..verb];
        var sentence = Array.FindLastIndex(read, id => language.WordOf(id)!.Slot == Slot.Stop) + 1;
        var subject = Array.FindIndex(read, sentence, id => language.WordOf(id)!.Slot == Slot.Noun);
        var start = 1;   // stands before the words
        return Of(["(start)", .. read.Select(id => language.Words[id])],
            model.AttentionWeights(read).SelectMany(layer => layer).MaxBy(head => head[verb, subject + start])!);
    }

    /// <summary>The position of the first main verb with an attractor; -1 where there is none among the first
    /// words.</summary>
    private static int MainVerb(Lingua language, int[] document) =>
        language.Places(document).Take(FewWords).ToList()
            .FindIndex(place => place is { Word.Slot: Slot.Verb, Depth: 0, Attractors: > 0 });

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
