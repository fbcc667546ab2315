using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>What somebody may be shown of a new word: its definition, or documents in which it is said and not defined,
/// so that a context tells what contexts tell.</summary>
public static class NewWordTexts
{
    private const int Stream = 10;

    /// <summary>The language as it is spoken without definitions: the same words, attributes and held-out
    /// stems.</summary>
    public static Lingua WithoutDefinitions(Lingua language) =>
        new(language.Seed, language.Knobs with { Definition = 0 });

    /// <summary>Documents, one after another, until so many have the stem; the same seed gives the same ones.</summary>
    /// <param name="plain">The language without definitions.</param>
    /// <param name="stem">Held out.</param>
    /// <returns>All that were drawn: those without the stem tell something, too.</returns>
    public static IReadOnlyList<int[]> Until(Lingua plain, Stem stem, int contexts, int seed)
    {
        var (said, number) = (plain.Reveal(stem), plain.Stems.TakeWhile(s => s.Form != stem.Form).Count());
        var (texts, left) = (new List<int[]>(), contexts);
        foreach (var document in said.Documents(Seeds.Mix(seed, Stream, number)))
        {
            if (left <= 0) break;
            texts.Add(document.Ids);
            if (Has(said, document.Ids, stem)) left--;
        }
        return texts;
    }

    /// <summary>Whether a text has a form of the stem.</summary>
    public static bool Has(Lingua language, IReadOnlyList<int> text, Stem stem) =>
        text.Any(id => language.StemOf(id)?.Form == stem.Form);
}
