using System.Collections.Concurrent;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Measures;

/// <summary>Whether a new noun is understood where it is read: of the probability that verb forms get right after it,
/// the share of those that agree with it in class and number. Its form shows the number, and not the class.</summary>
public static class NewWordAgreement
{
    private const int Verbs = 12, Stream = 12;     // verbs of each noun

    // of each language and noun: all models are asked for the same verbs
    private static readonly ConcurrentDictionary<(string, Stem), IReadOnlyList<(int[] Prefix, Word Verb)>> Asked = [];

    /// <summary>The mean share over the held-out nouns, each before some verbs of documents that have it; the language
    /// itself has 1.</summary>
    /// <inheritdoc cref="NewWordLoss.Of(Lingua, Func{Stem, ISequenceDistribution}, Slot)"/>
    public static double Of(Lingua language, Func<Stem, ISequenceDistribution> saying)
    {
        var plain = NewWordTexts.WithoutDefinitions(language);
        var verbs = (from id in Enumerable.Range(0, language.Vocabulary)
                     where language.WordOf(id) is { Slot: Slot.Verb }
                     select (Id: id, Word: language.WordOf(id)!)).ToList();
        return language.HeldOut.Where(stem => stem.Slot == Slot.Noun).Average(stem =>
        {
            var model = saying(stem);
            var asked = Asked.GetOrAdd((language.Hash, stem), _ => [.. After(plain.Reveal(stem), stem).Take(Verbs)]);
            return asked.Average(place =>
            {
                var next = model.Next(place.Prefix);
                return verbs.Where(v => (v.Word.Class, v.Word.Plural) == (place.Verb.Class, place.Verb.Plural))
                    .Sum(v => next[v.Id]) / verbs.Sum(v => next[v.Id]);
            });
        });
    }

    /// <summary>The verbs right after a noun in documents that have it.</summary>
    private static IEnumerable<(int[] Prefix, Word Verb)> After(Lingua said, Stem stem) =>
        from document in said.Documents(Seeds.Mix(said.Seed, Stream))
        from t in Enumerable.Range(1, document.Ids.Length - 1)
        where said.StemOf(document.Ids[t - 1])?.Form == stem.Form
        let word = said.WordOf(document.Ids[t])
        where word is { Slot: Slot.Verb }
        select (document.Ids[..t], word);
}
