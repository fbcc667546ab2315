using System.Text.Json;

namespace LmNotebooks.Languages;

/// <summary>Everything that shapes a pair of languages besides its seed. A preset is this record as JSON; see
/// data/languages/pairs.</summary>
public sealed record PairKnobs
{
    /// <summary>The language that is translated from. Its documents are whole sentences: Tokens is 0.</summary>
    public required LinguaKnobs Source { get; init; }

    /// <summary>Share of nouns, verbs and adjectives of the source that have two senses: one in the topic to which the
    /// stem belongs, another in all other topics. Each sense has words of its own in the target.</summary>
    public required double Homonyms { get; init; }

    /// <summary>Probability that a homonym has the sense that goes with the topic.</summary>
    public required double SenseClarity { get; init; }

    /// <summary>Share of senses that the target has two words for; the first is used twice as often as the
    /// second.</summary>
    public required double Synonyms { get; init; }

    /// <summary>Probability that subject, object and verb of a sentence of the target stand in one of the five other
    /// orders.</summary>
    public required double Scrambling { get; init; }

    /// <inheritdoc cref="LinguaKnobs.Preset"/>
    public static PairKnobs Preset(string name) => Parse(LinguaKnobs.PresetText("pair", name), name);

    /// <inheritdoc cref="LinguaKnobs.Parse"/>
    public static PairKnobs Parse(string json, string source) => LinguaKnobs.Read<PairKnobs>(json, source).Checked();

    /// <inheritdoc cref="LinguaKnobs.ToJson"/>
    public string ToJson() => JsonSerializer.Serialize(this, LinguaKnobs.Format);

    internal PairKnobs Checked()
    {
        if (Source.Checked().Tokens != 0)
            throw new ArgumentException($"Source.Tokens is {Source.Tokens}: it must be 0, since only whole sentences "
                + "have a translation.");
        if (Source.Definition + Source.Prompt > 0)
            throw new ArgumentException("Source.Definition and Source.Prompt must be 0: they have no translation.");
        LinguaKnobs.Within(nameof(Homonyms), Homonyms, 0, 1);
        LinguaKnobs.Within(nameof(SenseClarity), SenseClarity, 0, 1);
        LinguaKnobs.Within(nameof(Synonyms), Synonyms, 0, 1);
        LinguaKnobs.Within(nameof(Scrambling), Scrambling, 0, 1);
        return this;
    }
}
