using LmNotebooks.Figures;
using LmNotebooks.Languages;

namespace LmNotebooks.Charts;

/// <summary>The probabilities of the next word: the language's beside the model's.</summary>
public static class NextWordBars
{
    private const int ShownContext = 7;   // words that fit into a title

    /// <summary>The likeliest next words of a language after a prefix, and what a model makes of them.</summary>
    /// <param name="count">Number of words to show.</param>
    public static Figure Of(Lingua language, ISequenceDistribution model, IReadOnlyList<int> prefix, int count = 10)
    {
        var (truth, guess) = (language.Next(prefix), model.Next(prefix));
        var top = Enumerable.Range(0, truth.Length).OrderByDescending(id => truth[id]).Take(count).ToArray();
        var context = (prefix.Count > ShownContext ? "… " : "") + language.Text(prefix.TakeLast(ShownContext));
        return Of([.. top.Select(id => language.Words[id])], [.. top.Select(id => truth[id])],
            [.. top.Select(id => guess[id])], context);
    }

    /// <param name="words">The words to show, from the top.</param>
    /// <param name="truth">Probability of each word in the language.</param>
    /// <param name="model">Probability of each word in the model.</param>
    /// <param name="context">The words before.</param>
    /// <exception cref="ArgumentException">There is no word, the lists differ in length, or a probability is not
    /// between 0 and 1.</exception>
    public static Figure Of(IReadOnlyList<string> words, IReadOnlyList<double> truth, IReadOnlyList<double> model,
        string context)
    {
        if (truth.Concat(model).Any(p => p is not (>= 0 and <= 1)))
            throw new ArgumentException("A probability of a next word is not between 0 and 1.");
        return new Figure($"Next word after \"{context}\"", new Axis("probability"), new Axis("", Categories: words),
            [new Bars("language", truth), new Bars("model", model)], Caption(words, truth, model, context));
    }

    private static string Caption(IReadOnlyList<string> words, IReadOnlyList<double> truth,
        IReadOnlyList<double> model, string context)
    {
        var pairs = words.Zip(truth, model).ToList();
        if (pairs.Count == 0) return "";
        var (word, truly, guessed) = pairs.MaxBy(p => Math.Abs(p.Second - p.Third));
        return $"After \"{context}\" the language and the model differ most at \"{word}\": "
            + $"probability {Numbers.Text(truly, 2)} in the language, {Numbers.Text(guessed, 2)} in the model.";
    }
}
