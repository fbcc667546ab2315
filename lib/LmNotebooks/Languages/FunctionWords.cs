namespace LmNotebooks.Languages;

/// <summary>The words of a language that have no stem.</summary>
internal static class FunctionWords
{
    private static readonly Dictionary<Slot, string[]> OfAll = new()
    {
        [Slot.Determiner] = ["the", "some"], [Slot.Negation] = ["not"], [Slot.Preposition] = ["near", "with", "under"],
        [Slot.Relative] = ["that"], [Slot.Stop] = ["."],
    };

    /// <summary>Number of words of a kind that are equally probable, wherever the words before them leave a
    /// choice.</summary>
    public static int Count(Slot slot) =>
        slot == Slot.Prompt ? Prompts.Openers.Count : OfAll.TryGetValue(slot, out var words) ? words.Length : 1;

    /// <summary>All function words of a language. Words of definitions and prompts are in the languages alone that
    /// have either.</summary>
    public static IEnumerable<Word> Of(LinguaKnobs knobs)
    {
        var all = OfAll.Select(kind => (Slot: kind.Key, Texts: (IReadOnlyList<string>)kind.Value));
        if (knobs.Definition + knobs.Prompt > 0)
            all =
            [
                .. all, (Slot.Article, ["a"]), (Slot.Copula, ["is"]), (Slot.Attribute, AttributeWords.Of(knobs)),
                (Slot.Prompt, Prompts.Openers),
            ];
        return all.SelectMany(kind => kind.Texts.Select((text, i) => new Word(text, kind.Slot, i, 0, false)));
    }
}
