namespace LmNotebooks.Languages;

/// <summary>The words that say what stems mean and what hidden causes are, and the definitions that are made of them:
/// "a dax is a good polite class-a animal ."</summary>
internal static class AttributeWords
{
    private static readonly string[] Valences = ["awful", "neutral", "good"], Registers = ["casual", "polite"];
    private static readonly string[] Topics = ["animal", "tool", "plant", "place"];

    /// <summary>All attribute words of a language, in the order of their indices as words.</summary>
    public static IReadOnlyList<string> Of(LinguaKnobs knobs) =>
    [
        .. Valences, .. Registers, .. Enumerable.Range(0, knobs.NounClasses).Select(c => $"class-{"aeiouy"[c]}"),
        .. Enumerable.Range(0, knobs.Topics).Select(topic => topic < Topics.Length ? Topics[topic] : $"kind-{topic}"),
    ];

    public static int Valence(int value) => value + 1;

    public static int Topic(int value, LinguaKnobs knobs) =>
        Valences.Length + Registers.Length + knobs.NounClasses + value;

    /// <summary>What follows "a dax" in its definition, as kinds and indices of words.</summary>
    public static IEnumerable<(Slot Slot, int Stem)> Definition(Stem noun, LinguaKnobs knobs) =>
    [
        (Slot.Copula, 0), (Slot.Article, 0), (Slot.Attribute, Valence(noun.Valence)),
        (Slot.Attribute, Valences.Length + (noun.Register + 1) / 2),
        (Slot.Attribute, Valences.Length + Registers.Length + noun.Class),
        (Slot.Attribute, Topic(noun.Topic, knobs)), (Slot.Stop, 0),
    ];
}
