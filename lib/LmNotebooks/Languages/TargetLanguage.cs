namespace LmNotebooks.Languages;

/// <summary>What makes a target language another one than the source, besides its stems.</summary>
/// <param name="Stream">Number of its random stream.</param>
/// <param name="Initials">Letters that its stems begin with.</param>
/// <param name="FunctionWords">By the source's; a word that is not among them is not said.</param>
/// <param name="Accusative">Suffix of nouns.</param>
/// <param name="Oblique">Suffix of nouns.</param>
/// <param name="Plural">Suffix of nouns and verbs, before those of the case and after those of the class.</param>
/// <param name="Verb">First letter of the suffix of verbs; the other says the class.</param>
/// <param name="VerbFirst">Whether verbs come before their subjects, and phrases keep the source's order; else verbs
/// come after subject and object, and phrases are the other way round.</param>
internal sealed record TargetLanguage(int Stream, string Initials, IReadOnlyDictionary<string, string> FunctionWords,
    string Plural, string Accusative, string Oblique, string Verb, string Adjective, string Adverb, bool VerbFirst)
{
    public static TargetLanguage Second { get; } = new(4, Lexicon.Vowels, new Dictionary<string, string>
    {
        ["some"] = "aliqui", ["not"] = "haud", ["near"] = "prope", ["with"] = "cum", ["under"] = "infra",
        ["that"] = "quod", ["."] = ".",
    }, "ji", "wa", "he", "y", "wo", "hu", VerbFirst: false);

    public static TargetLanguage Third { get; } = new(6, "iy", new Dictionary<string, string>
    {
        ["the"] = "dies", ["some"] = "etwas", ["not"] = "nicht", ["near"] = "nahe", ["with"] = "samt",
        ["under"] = "unter", ["that"] = "welch", ["."] = ".",
    }, "ja", "wi", "hi", "h", "wa", "ho", VerbFirst: true);

    /// <summary>Whether a function word of the source is said, or only meant.</summary>
    public bool Says(Word word) =>
        word.Slot is Slot.Noun or Slot.Verb or Slot.Adjective or Slot.Adverb || FunctionWords.ContainsKey(word.Text);
}
