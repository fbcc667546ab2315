using System.Collections.Immutable;

namespace LmNotebooks.Languages;

/// <summary>How a sentence may end by saying a hidden cause of its own, "about animal ." or "mood good .", and how
/// probable that is. The level of leakage decides in which documents it does.</summary>
internal sealed class Prompts(LinguaKnobs knobs, IReadOnlyList<Latents> latents)
{
    /// <summary>The causes that can be said.</summary>
    public static ImmutableArray<Latent> Forms { get; } = [Latent.Topic, Latent.Polarity];

    /// <summary>The words that begin the forms, in their order.</summary>
    public static IReadOnlyList<string> Openers { get; } = ["about", "mood"];

    /// <summary>Whether documents with these latents have prompts.</summary>
    public bool Leaks(Latents z) => knobs.Leakage == 2 || (knobs.Leakage == 1 && z.Topic < knobs.Topics / 2);

    /// <summary>Index of the word that answers a form.</summary>
    public int Answer(int form, Latents z) =>
        Forms[form] == Latent.Topic ? AttributeWords.Topic(z.Topic, knobs) : AttributeWords.Valence(z.Polarity);

    /// <summary>What the latents contribute to the probability of a kind of word.</summary>
    public double Chance(Slot slot, Grammar grammar, Latents z)
    {
        if (slot is not (Slot.Prompt or Slot.Stop) || grammar.Probability(Slot.Prompt) == 0) return 1;
        var asked = Leaks(z) ? Forms.Length * knobs.Prompt : 0;
        return slot == Slot.Prompt ? asked : 1 - asked;
    }

    /// <summary>What the latents contribute to the probability of a word, for all z; null where it is
    /// nothing.</summary>
    public double[]? Likelihood(Word word, Grammar grammar)
    {
        if (grammar.Asked is { } form) return [.. latents.Select(z => Answer(form, z) == word.Stem ? 1.0 : 0)];
        if (word.Slot is not (Slot.Prompt or Slot.Stop) || grammar.Probability(Slot.Prompt) == 0) return null;
        return [.. latents.Select(z => Chance(word.Slot, grammar, z) / FunctionWords.Count(word.Slot))];
    }
}
