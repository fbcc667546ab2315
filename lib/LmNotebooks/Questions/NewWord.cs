using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>What can be known of a stem that is held out, before and after texts that have it: the ceiling of every
/// method that guesses the meaning of a new word.</summary>
/// <remarks>Attributes are dealt in equal numbers, each by a deal of its own. Whoever knows those of the other nouns
/// therefore knows how many of each value are left, and a held-out noun has one of these (the hypergeometric
/// distribution): independent guesses would know less than is known. The opposite with "un-" of a known adjective has
/// one meaning only.</remarks>
public sealed class NewWord
{
    private readonly Mixture meanings;

    /// <exception cref="ArgumentException">The stem is not held out.</exception>
    public NewWord(Lingua language, Stem stem)
    {
        if (!language.HeldOut.Contains(stem))
            throw new ArgumentException($"'{stem.Form}' is not held out: new words are in {nameof(Lingua.HeldOut)}.");
        var left = language.HeldOut.Where(s => s.Slot == Slot.Noun).ToList();
        var all = Math.Pow(left.Count, 4);
        (Stem Meaning, double P)[] prior = stem.Slot == Slot.Adjective ? [(stem, 1)] :
        [
            .. from topic in left.CountBy(s => s.Topic)
               from valence in left.CountBy(s => s.Valence)
               from register in left.CountBy(s => s.Register)
               from @class in left.CountBy(s => s.Class)
               let p = topic.Value * valence.Value * register.Value * @class.Value / all
               select (stem with
               {
                   Topic = topic.Key, Valence = valence.Key, Register = register.Key, Class = @class.Key,
               }, p),
        ];
        Meanings = [.. prior.Select(m => m.Meaning)];
        meanings = new Mixture([.. Meanings.Select(meaning => language.Reveal(meaning))], [.. prior.Select(m => m.P)]);
    }

    /// <summary>All that the stem can mean.</summary>
    public IReadOnlyList<Stem> Meanings { get; }

    /// <summary>P(meaning | texts), in the order of <see cref="Meanings"/>; of no texts, the prior.</summary>
    /// <param name="texts">Documents of the language, definitions among them, whose only held-out stem is this
    /// one.</param>
    /// <exception cref="ArgumentException">A text is not grammatical, or has another held-out stem.</exception>
    public double[] Posterior(params IReadOnlyList<int[]> texts) => meanings.Posterior(texts);

    /// <summary>The language as far as the stem's meaning is known after some texts: nobody can predict others with the
    /// stem better.</summary>
    /// <exception cref="ArgumentException">A text is not grammatical, or has another held-out stem.</exception>
    public ISequenceDistribution After(params IReadOnlyList<int[]> texts) =>
        meanings with { Weights = Posterior(texts) };
}
