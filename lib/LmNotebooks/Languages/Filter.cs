namespace LmNotebooks.Languages;

/// <summary>Reads a document word by word and keeps the exact belief about the latents: b(z) = P(z | words so far).
/// Because the grammar's state follows from the words, the probability of the next word is a sum over z
/// alone.</summary>
internal sealed class Filter
{
    private readonly LinguaKnobs knobs;
    private readonly Lexicon lexicon;
    private readonly Grammar grammar;
    private readonly double[] belief, ended;
    private bool between;   // the last word ended a sentence

    public Filter(LinguaKnobs knobs, Lexicon lexicon)
    {
        (this.knobs, this.lexicon, grammar) = (knobs, lexicon, new Grammar(knobs));
        belief = new double[lexicon.Latents.Length];
        ended = new double[lexicon.Latents.Length];
        Array.Fill(belief, 1.0 / belief.Length);
    }

    /// <summary>P(z of the next word's sentence | words so far), in the order of
    /// <see cref="Lexicon.Latents"/>.</summary>
    public ReadOnlySpan<double> Belief => belief;

    /// <summary>P(z of the last word's sentence | words so far): after a full stop, of the sentence that it
    /// ends.</summary>
    public ReadOnlySpan<double> BeliefOfLast => between ? ended : belief;

    /// <summary>Reads the next word and returns its probability given those before; after a probability of 0 the filter
    /// is of no use.</summary>
    public double Read(int id)
    {
        var probability = Probability(id);
        if (probability == 0) return 0;
        var word = lexicon.WordOf(id)!;
        if (Likelihood(word) is { IsEmpty: false } likelihood) Weigh(likelihood);
        grammar.Advance(word, lexicon.StemOf(word));
        between = word.Slot == Slot.Stop;
        if (between)
        {
            belief.CopyTo(ended, 0);
            NextSentence(belief, lexicon.Latents, knobs);
        }
        return probability;
    }

    /// <summary>P(next word | words so far), by id.</summary>
    public double[] Next() => [.. Enumerable.Range(0, lexicon.Texts.Count).Select(Probability)];

    /// <summary>P(next word | words so far, latent = value): the belief is restricted to that value; zeros if the words
    /// exclude it.</summary>
    public double[] NextGiven(Latent which, int value)
    {
        var all = belief.ToArray();
        for (var z = 0; z < belief.Length; z++)
            if (lexicon.Latents[z].Value(which) != value) belief[z] = 0;
        var sum = belief.Sum();
        for (var z = 0; z < belief.Length && sum > 0; z++) belief[z] /= sum;
        var next = sum > 0 ? Next() : new double[lexicon.Texts.Count];
        all.CopyTo(belief, 0);
        return next;
    }

    private double Probability(int id)
    {
        if (lexicon.WordOf(id) is not { } word) return 0;
        var move = grammar.Probability(word.Slot);
        if (move == 0 || !grammar.Agrees(word)) return 0;
        return Likelihood(word) is { IsEmpty: false } likelihood ? move * (grammar.Number(word) * Expected(likelihood))
            : move / FunctionWords.Count(word.Slot);
    }

    /// <summary>What z contributes to the probability of a word where it may stand, for all z: P(stem | what the
    /// grammar asks for, z); empty where it is nothing.</summary>
    private ReadOnlySpan<double> Likelihood(Word word) => lexicon.Stems.ContainsKey(word.Slot)
        ? lexicon.Probabilities(word.Slot, grammar.Context(word.Slot), word.Stem)
        : lexicon.Prompts.Likelihood(word, grammar);

    private double Expected(ReadOnlySpan<double> likelihood)
    {
        var sum = 0.0;
        for (var z = 0; z < belief.Length; z++) sum += belief[z] * likelihood[z];
        return sum;
    }

    /// <summary>Bayes' rule.</summary>
    private void Weigh(ReadOnlySpan<double> likelihood)
    {
        var sum = Expected(likelihood);
        for (var z = 0; z < belief.Length; z++) belief[z] *= likelihood[z] / sum;
    }

    /// <summary>Carries numbers over z across a full stop: a new intent, and perhaps a new polarity,
    /// P(s' | s) = persistence [s' = s] + (1 - persistence) / 2. The step is as likely as its reverse, so what is
    /// known from the words behind the full stop is carried back by the same sums.</summary>
    public static void NextSentence(Span<double> belief, Latents[] all, LinguaKnobs knobs)
    {
        Span<double> carried = stackalloc double[belief.Length];
        carried.Clear();
        for (var z = 0; z < all.Length; z++)
        {
            var turned = all[z].Turned(Latent.Polarity, knobs) with { Intent = 0 };
            carried[(all[z] with { Intent = 0 }).Index(knobs)] += belief[z] * (1 + knobs.PolarityPersistence) / 2;
            carried[turned.Index(knobs)] += belief[z] * (1 - knobs.PolarityPersistence) / 2;
        }
        for (var z = 0; z < all.Length; z++) belief[z] = carried[z - all[z].Intent] / knobs.Intents;
    }
}
