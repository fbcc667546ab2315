using System.Collections.Concurrent;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Measures;

/// <summary>How much a new word costs whoever expects it, above the truth: in nats for each time that it is said. All
/// places where it might be said count, and not those alone where it is: else whoever expects it everywhere would be
/// best.</summary>
public static class NewWordLoss
{
    private const int Documents = 30, Stream = 11;

    // of each language and stem: the truth is the same for all models
    private static readonly ConcurrentDictionary<(string, Stem), IReadOnlyList<double[]>> Truths = [];

    /// <summary>The mean over the held-out stems of one kind of words: the expected sum, over the places of that kind
    /// of word, of ln(P / M) of what is said there (a form of the stem, each for itself, or anything else), over how
    /// often it is expected to be said. 0 of the truth, and not below.</summary>
    /// <param name="language">In which the stems are held out.</param>
    /// <param name="saying">What is asked, of each stem.</param>
    public static double Of(Lingua language, Func<Stem, ISequenceDistribution> saying, Slot slot)
    {
        var plain = NewWordTexts.WithoutDefinitions(language);
        List<int[]> prefixes = [.. plain.Sample(Documents, Seeds.Mix(language.Seed, Stream)).SelectMany(document =>
            Enumerable.Range(0, document.Ids.Length).Where(t => plain.WordOf(document.Ids[t])!.Slot == slot)
                .Select(t => document.Ids[..t])).OrderBy(prefix => prefix.Length)];
        return language.HeldOut.Where(stem => stem.Slot == slot).Average(stem =>
            Of(Truths.GetOrAdd((language.Hash, stem), _ => Chances(language, plain.Reveal(stem), stem, prefixes)),
                Chances(language, saying(stem), stem, prefixes)));
    }

    /// <summary>The divergence over the number of times that the word is expected.</summary>
    /// <param name="truth">Of each place the chance of each form of the word.</param>
    /// <param name="model">The same of the model.</param>
    internal static double Of(IReadOnlyList<double[]> truth, IReadOnlyList<double[]> model)
    {
        static double Term(double p, double q) => p == 0 ? 0 : p * Math.Log(p / q);
        return truth.Zip(model, (p, q) => p.Zip(q, Term).Sum() + Term(1 - p.Sum(), 1 - q.Sum())).Sum()
            / truth.Sum(p => p.Sum());
    }

    private static IReadOnlyList<double[]> Chances(Lingua language, ISequenceDistribution of, Stem stem,
        IReadOnlyList<int[]> prefixes)
    {
        var forms = Enumerable.Range(0, language.Vocabulary)
            .Where(id => language.StemOf(id)?.Form == stem.Form).ToList();
        var logs = of.LogProbabilities([.. prefixes.SelectMany(prefix => forms, (prefix, id) =>
            (int[])[.. prefix, id])]);
        return [.. logs.Select(log => Math.Exp(log[^1])).Chunk(forms.Count)];
    }
}
