using LmNotebooks.Languages;

namespace LmNotebooks.Diagrams;

/// <summary>A text of the invented language, word under word: of what each is made, what that means, and which noun is
/// the subject of which verb.</summary>
public static class Gloss
{
    private const double Row = 27, Size = 16, Indent = 14;

    /// <summary>The gloss of a text in the language's own words, separated by blanks.</summary>
    /// <exception cref="ArgumentException">There is no word, one is not in the language, or the text is not
    /// grammatical; one sentence.</exception>
    public static Drawing Of(Lingua language, string text) => Of(language, language.Ids(text));

    /// <param name="text">Word ids, without a start token; it may end anywhere.</param>
    /// <exception cref="ArgumentException">There is no word, or the text is not grammatical; one sentence.</exception>
    public static Drawing Of(Lingua language, IReadOnlyList<int> text)
    {
        if (text.Count == 0) throw new ArgumentException("There is no word to gloss: give a text.");
        var places = language.Places(text);
        var (words, arcs) = (places.Select(p => p.Word).ToList(), Subjects(places));
        return new Drawing(language.Text(text), Caption(words, arcs), top =>
        {
            double Middle(int word) => top + (word + 0.5) * Row;
            List<SideLine> lines = [.. arcs.Select((arc, i) => new SideLine(Middle(arc.Noun), [Middle(arc.Verb)],
                $"{words[arc.Noun].Text} is the subject of {words[arc.Verb].Text}") { Tone = Tone.Line(i) })];
            var left = Drawing.Margin + SideLine.Room(lines) + 4;
            var tab = places.Max(p => Beginning(p, left) + Note.WidthOf(Pieces(p.Word), Size)) + 22;
            return (
            [
                // An arc ends at its row, and words in a phrase stand farther right than those around it.
                .. SideLine.Draw(left, -1, lines),
                .. places.Select((place, i) => new Note(Beginning(place, left), Middle(i), Pieces(place.Word))
                    { Size = Size }),
                .. words.Select((word, i) => new Note(tab, Middle(i), Meaning(word)) { Tone = Tone.Quiet }),
            ], Middle(words.Count - 1) + Row / 2);
        });
    }

    private static double Beginning(Place place, double left) => left + 6 + place.Depth * Indent;

    /// <summary>The positions of the verbs, and of the head nouns of their subjects: the last noun before a verb at its
    /// depth, since a verb stands where its subject begins.</summary>
    internal static IReadOnlyList<(int Noun, int Verb)> Subjects(IReadOnlyList<Place> places) =>
        [.. from verb in Enumerable.Range(0, places.Count) where places[verb].Word.Slot == Slot.Verb
            select (Enumerable.Range(0, verb)
                .Last(i => places[i].Word.Slot == Slot.Noun && places[i].Depth == places[verb].Depth), verb)];

    /// <summary>Morphemes, joined by hyphens: gof-ic, bom-i, pod-e-n.</summary>
    internal static string Pieces(Word word) =>
        word.Slot is Slot.Noun or Slot.Verb or Slot.Adjective or Slot.Adverb
            ? string.Join('-', Morphology.Segment(word.Text)) : word.Text;

    /// <summary>What the morphemes are: ADJ, NOUN-PL, VERB-class e-PL; of a noun also its class, which no morpheme
    /// says.</summary>
    internal static string Meaning(Word word) => Morphemes(word) + (word.Slot == Slot.Noun
        ? $" (class {Letter(word)})" : "");

    private static string Morphemes(Word word) => word.Slot switch
    {
        Slot.Noun => word.Plural ? "NOUN-PL" : "NOUN",
        Slot.Verb => $"VERB-class {Letter(word)}-{(word.Plural ? "PL" : "SG")}",
        Slot.Adjective => Morphology.Segment(word.Text) is ["un", ..] ? "not-ADJ" : "ADJ",
        Slot.Adverb => "ADV",
        Slot.Determiner => "DET",
        Slot.Article => "ART",
        Slot.Preposition => "PREP",
        Slot.Relative => "REL",
        Slot.Negation => "NEG",
        Slot.Copula => "COP",
        Slot.Stop => "STOP",
        _ => "WORD",
    };

    private static char Letter(Word word) => "aeiouy"[word.Class];

    private static string Caption(IReadOnlyList<Word> words, IReadOnlyList<(int Noun, int Verb)> arcs) =>
        $"{string.Join(' ', words.Select(Pieces))} = {string.Join(' ', words.Select(Morphemes))}"
        + string.Concat(arcs.Select(arc => $"; {words[arc.Noun].Text} is the subject of {words[arc.Verb].Text}"))
        + ".";
}
