using LmNotebooks.Figures;
using LmNotebooks.Languages;

namespace LmNotebooks.Charts;

/// <summary>The probabilities with which some words come next, whether they are likely or not: the language's beside
/// the model's.</summary>
public static class WordBars
{
    /// <param name="words">The words to show, from the top, with blanks between them.</param>
    /// <exception cref="ArgumentException">The language has no such word; one sentence.</exception>
    public static Figure Of(Lingua language, ISequenceDistribution model, IReadOnlyList<int> prefix, string words)
    {
        var ids = language.Ids(words);
        var (truth, guess) = (language.Next(prefix), model.Next(prefix));
        return NextWordBars.Of([.. ids.Select(id => language.Words[id])], [.. ids.Select(id => truth[id])],
            [.. ids.Select(id => guess[id])], language.Text(prefix));
    }
}
