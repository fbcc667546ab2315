using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>Words of one kind in one context of the grammar: whichever is next, the grammar goes on alike.</summary>
internal sealed class WordChoice
{
    private readonly int[] ids;
    private readonly double[][] probabilities;   // [word][z]: P(word | z, context, a word of its slot is next)
    private readonly double[] sums;              // [z]: P(any of the words | ...)

    /// <param name="number">P(their number), if they are nouns; else 1.</param>
    public WordChoice(Lexicon lexicon, IEnumerable<Word> words, int context, double number)
    {
        var all = Enumerable.Range(0, lexicon.Latents.Length);
        double P(Word word, int z) => lexicon.StemOf(word) is null ? 1.0 / FunctionWords.Count(word.Slot)
            : number * lexicon.Probabilities(word.Slot, context, word.Stem)[z];
        ids = [.. words.Select(w => lexicon.IdOf(w.Slot, w.Stem, w.Class, w.Plural))];
        probabilities = [.. words.Select(word => all.Select(z => P(word, z)).ToArray())];
        sums = [.. all.Select(z => probabilities.Sum(p => p[z]))];
    }

    /// <summary>P(what is seen, one of these words | z), for all z; null where it is 0.</summary>
    public double[]? Likelihood(Evidence seen)
    {
        var place = Array.IndexOf(ids, seen.Word);
        if (place < 0 && seen.Any == 0) return null;
        return [.. sums.Select((sum, z) => seen.Any * sum + (place < 0 ? 0 : seen.Same * probabilities[place][z]))];
    }

    /// <summary>Adds to each word the sum over z of weight(z) P(word | z).</summary>
    /// <param name="totals">[V]</param>
    public void AddTo(double[] totals, ReadOnlySpan<double> weights)
    {
        for (var i = 0; i < ids.Length; i++)
            for (var z = 0; z < weights.Length; z++) totals[ids[i]] += weights[z] * probabilities[i][z];
    }
}
