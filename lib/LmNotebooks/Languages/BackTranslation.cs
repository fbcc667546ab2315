namespace LmNotebooks.Languages;

/// <summary>Finds the document of which a text of the second language is a translation: cases, verbs and postpositions
/// tell where phrases begin and end, so there is one at most.</summary>
/// <param name="words">Of the second language.</param>
internal sealed class BackTranslation(Lingua source, IReadOnlyList<TargetWord> words)
{
    private readonly int the = source.Lexicon.IdOf(Slot.Determiner, 0);
    private int next;

    /// <summary>The document; of a text that is no translation, any words at all.</summary>
    public int[] Document()
    {
        var document = new List<int>();
        while (Current is not null)
        {
            int[] adverb = Is(Slot.Adverb) ? [Take()] : [], subject = [], verb = [], @object = [];
            while (Current is { Source.Slot: not Slot.Stop } word)
                if (word.Source.Slot == Slot.Verb) verb = [Take()];
                else if (word.Case == Case.Nominative) subject = Phrase();
                else @object = Phrase();
            document.AddRange([.. subject, .. verb, .. @object, .. adverb, Take()]);
        }
        return [.. document];
    }

    private TargetWord? Current => words.ElementAtOrDefault(next);

    private bool Is(Slot slot) => Current?.Source.Slot == slot;

    /// <summary>The next word, of the source; where none is left, one that is no word.</summary>
    private int Take() => Current is { Source: var word } && next++ >= 0 ? source.Lexicon.IdOf(word) : -1;

    private int[] Phrase()
    {
        int[] phrase = [Take()];
        while (Is(Slot.Adjective))
        {
            phrase = [Take(), .. phrase];
            if (Is(Slot.Negation)) phrase = [Take(), .. phrase];
        }
        phrase = [Is(Slot.Determiner) ? Take() : the, .. phrase];
        if (Is(Slot.Relative)) return [.. phrase, Take(), .. Phrase(), Take()];
        if (Current?.Case != Case.Oblique) return phrase;
        var inner = Phrase();
        return [.. phrase, Take(), .. inner];
    }
}
