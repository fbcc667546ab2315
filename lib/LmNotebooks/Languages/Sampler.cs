using MathNet.Numerics.Random;

namespace LmNotebooks.Languages;

/// <summary>Draws documents. Latents, structure and words come from three random streams of their own, so that a
/// document can be drawn again under other latents with the same structure and the same luck in the choice of
/// words.</summary>
internal sealed class Sampler(LinguaKnobs knobs, Lexicon lexicon)
{
    private static readonly Slot[] Slots = Enum.GetValues<Slot>();

    /// <param name="change">Applied to the latents of every sentence.</param>
    public Document Draw(int seed, Func<Latents, Latents>? change = null)
    {
        Random Stream(int number) => new Xoshiro256StarStar(Seeds.Mix(seed, number), threadSafe: false);
        var (causes, structure, words) = (Stream(1), Stream(2), Stream(3));
        var (ids, sentences) = (new List<int>(knobs.Tokens), new List<(int, Latents)>());
        var (grammar, drawn) = (new Grammar(knobs), First(causes));
        while ((knobs.Sentences == 0 || sentences.Count < knobs.Sentences) && !Full(ids))
        {
            var latents = change is null ? drawn : change(drawn);
            sentences.Add((ids.Count, latents));
            Sentence(grammar, latents.Index(knobs), structure, words, ids);
            drawn = Following(drawn, causes);
        }
        return new Document([.. ids], sentences);
    }

    private void Sentence(Grammar grammar, int z, Random structure, Random words, List<int> ids)
    {
        Word word;
        do
        {
            var slot = Move(grammar, structure, z);
            var (stem, luck) = (0, words.NextDouble());
            var (@class, plural) = slot == Slot.Verb ? grammar.Subject : (0, false);
            if (lexicon.Stems.TryGetValue(slot, out var stems))
            {
                stem = lexicon.Pick(slot, grammar.Context(slot), z, luck);
                if (slot == Slot.Noun) (@class, plural) = (stems[stem].Class, words.NextDouble() < grammar.Plural);
            }
            else if (grammar.Asked is { } form) stem = lexicon.Prompts.Answer(form, lexicon.Latents[z]);
            else stem = grammar.Due ?? (int)(luck * FunctionWords.Count(slot));
            var id = lexicon.IdOf(slot, stem, @class, plural);
            word = lexicon.WordOf(id)!;
            grammar.Advance(word, stems?[stem]);
            ids.Add(id);
        } while (word.Slot != Slot.Stop && !Full(ids));
    }

    private bool Full(List<int> ids) => knobs.Tokens > 0 && ids.Count >= knobs.Tokens;

    private Slot Move(Grammar grammar, Random random, int z)
    {
        var left = random.NextDouble();
        var last = Slot.Stop;
        foreach (var slot in Slots)
        {
            var p = grammar.Probability(slot) * lexicon.Prompts.Chance(slot, grammar, lexicon.Latents[z]);
            if (p == 0) continue;
            if ((left -= p) < 0) return slot;
            last = slot;
        }
        return last;   // rounding left nothing over
    }

    private Latents First(Random random) => new(random.Next(knobs.Topics), Sign(random), Sign(random),
        random.Next(knobs.Intents));

    private Latents Following(Latents z, Random random)
    {
        var (kept, anew) = (random.NextDouble() < knobs.PolarityPersistence, Sign(random));
        return z with { Polarity = kept ? z.Polarity : anew, Intent = random.Next(knobs.Intents) };
    }

    private static int Sign(Random random) => random.Next(2) == 0 ? -1 : 1;
}
