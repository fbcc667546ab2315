using LmNotebooks.Languages;

namespace LmNotebooks.Measures;

/// <summary>Whether a model lets verbs agree with their subjects, over whatever lies between: of the probability that
/// it gives to verb forms at the place of a verb, the share of those that agree in class and number (after Linzen,
/// Dupoux and Goldberg 2016). The language itself has 1 everywhere; a model that takes the noun before the verb for its
/// subject falls below <see cref="Chance"/> where that noun is an attractor.</summary>
public static class VerbAgreement
{
    private const int Verbs = 200, Batches = 100, BatchDocuments = 200;

    /// <summary>The share of a model to which all verb forms are alike: one over classes times numbers.</summary>
    public static double Chance(Lingua language) => 1.0 / Forms(language)
        .DistinctBy(form => (form.Word.Class, form.Word.Plural)).Count();

    /// <summary>The mean share over the verbs whose places have the same key, group by group: the number of attractors,
    /// say, or the depth.</summary>
    /// <exception cref="ArgumentException">A document is not grammatical.</exception>
    public static IReadOnlyList<Group<TKey>> By<TKey>(Lingua language, ISequenceDistribution model,
        IReadOnlyList<int[]> documents, Func<Place, TKey> key)
    {
        var share = ShareOf(language, model);
        return Groups.By(documents.SelectMany((document, d) =>
            VerbsOf(language, document).Select(verb => (d, key(verb.Place), share(verb.Prefix, verb.Place)))));
    }

    /// <summary>The mean share over verbs at places of one kind: 200 of them, however rare they are in a test text,
    /// from documents drawn for this; fewer only where 20,000 documents do not have as many.</summary>
    /// <exception cref="ArgumentException">No verb of 20,000 documents has such a place.</exception>
    public static double Of(Lingua language, ISequenceDistribution model, Func<Place, bool> which)
    {
        var drawn = Enumerable.Range(0, Batches).SelectMany(batch => language.Sample(BatchDocuments, batch));
        var verbs = drawn.SelectMany(document => VerbsOf(language, document.Ids)).Where(verb => which(verb.Place))
            .Take(Verbs).ToList();
        if (verbs.Count == 0)
            throw new ArgumentException("This language has no verb at such a place: ask for fewer attractors or less "
                + "depth, or raise its Depth.");
        var share = ShareOf(language, model);
        return verbs.Average(verb => share(verb.Prefix, verb.Place));
    }

    private static IEnumerable<(int[] Prefix, Place Place)> VerbsOf(Lingua language, int[] document) =>
        language.Places(document).Select((place, t) => (document[..t], place))
            .Where(verb => verb.place.Word.Slot == Slot.Verb);

    private static Func<int[], Place, double> ShareOf(Lingua language, ISequenceDistribution model)
    {
        var (forms, chance) = (Forms(language), Chance(language));
        return (prefix, place) =>
        {
            var next = model.Next(prefix);
            var (agreeing, all) = (0.0, 0.0);
            foreach (var (id, form) in forms)
            {
                all += next[id];
                if ((form.Class, form.Plural) == (place.Word.Class, place.Word.Plural)) agreeing += next[id];
            }
            return all == 0 ? chance : agreeing / all;   // a model that expects no verb at all does not choose
        };
    }

    private static List<(int Id, Word Word)> Forms(Lingua language) =>
        [.. from id in Enumerable.Range(0, language.Vocabulary) let word = language.WordOf(id)
            where word is { Slot: Slot.Verb } select (id, word)];
}
