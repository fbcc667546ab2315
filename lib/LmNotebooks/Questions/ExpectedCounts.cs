using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>How often each stem is expected in a sentence, given the latents. Exact: the structure of a sentence does
/// not depend on them, and all its noun phrases are alike.</summary>
internal sealed class ExpectedCounts
{
    private readonly LinguaKnobs knobs;
    private readonly Lexicon lexicon;
    private readonly double phrases, verbs;    // in a sentence
    private readonly double[][] contexts;      // [z][noun context]
    private readonly double[][] subjects;      // [z][class of a noun]

    public ExpectedCounts(LinguaKnobs knobs, Lexicon lexicon)
    {
        (this.knobs, this.lexicon) = (knobs, lexicon);
        var (phrasesOfOne, verbsOfOne) = (1.0, 0.0);
        for (var depth = 0; depth < knobs.Depth; depth++)
        {
            verbsOfOne = knobs.Relative * (1 + verbsOfOne) + knobs.Prepositional * verbsOfOne;
            phrasesOfOne = 1 + (knobs.Relative + knobs.Prepositional) * phrasesOfOne;
        }
        (phrases, verbs) = (phrasesOfOne * (2 - knobs.Intransitive), 1 + verbsOfOne * (2 - knobs.Intransitive));
        contexts = [.. lexicon.Latents.Select((_, z) => Contexts(z))];
        subjects = [.. lexicon.Latents.Select((_, z) => Subjects(z))];
    }

    /// <summary>The expected number in a sentence with the latents z.</summary>
    /// <param name="negated">What an adjective after "not" counts: 1, or -1 where its opposite is meant.</param>
    public double Of(Slot slot, int stem, int z, double negated = 1)
    {
        double Chance(int context) => lexicon.Probabilities(slot, context, stem)[z];
        var defined = slot == Slot.Noun && knobs.Definition > 0;
        var inDefinition = defined ? knobs.Definition * Chance(knobs.NounClasses + 1) : 0;
        return inDefinition + (1 - knobs.Definition) * slot switch
        {
            Slot.Adjective => phrases * (1 + knobs.Adjective + knobs.Negation)
                * (knobs.Adjective * Chance(0) + negated * knobs.Negation * Chance(1)),
            Slot.Noun => phrases * contexts[z].Select((p, context) => p * Chance(context)).Sum(),
            Slot.Verb => verbs * subjects[z].Select((p, @class) => p * Chance(@class)).Sum(),
            _ => knobs.Adverb * Chance(0),
        };
    }

    /// <summary>P(noun context | z): none, or the class that the last adjective prefers.</summary>
    private double[] Contexts(int z)
    {
        var contexts = new double[knobs.NounClasses + 1];
        contexts[0] = 1 - knobs.Adjective - knobs.Negation;
        foreach (var (stem, i) in lexicon.Stems[Slot.Adjective].Select((s, i) => (s, i)))
            contexts[stem.Class + 1] += knobs.Adjective * lexicon.Probabilities(Slot.Adjective, 0, i)[z]
                + knobs.Negation * lexicon.Probabilities(Slot.Adjective, 1, i)[z];
        return contexts;
    }

    /// <summary>P(class of a noun | z).</summary>
    private double[] Subjects(int z)
    {
        var classes = new double[knobs.NounClasses];
        foreach (var (stem, i) in lexicon.Stems[Slot.Noun].Select((s, i) => (s, i)))
            for (var context = 0; context < contexts[z].Length; context++)
                classes[stem.Class] += contexts[z][context] * lexicon.Probabilities(Slot.Noun, context, i)[z];
        return classes;
    }
}
