using MathNet.Numerics.Random;

namespace LmNotebooks.Languages;

/// <summary>The words of a language and their probabilities: P(stem | slot, context, z) is proportional to
/// rank^-zipf times exp(pulls . attributes), so logits are linear in the attributes.</summary>
/// <remarks>The context is what the grammar contributes: a verb's is its subject's class, a noun's the class preferred
/// by the adjective before it (0 for none, else class + 1) or, of one that is defined, one more, an adjective's is 1
/// after "not", which turns the polarity around. Stems that are held out have the probability 0.</remarks>
internal sealed class Lexicon
{
    internal const int Specials = 2;
    internal const string Consonants = "bdfgklmnprstvz", Vowels = "aeou";   // of stems
    private const double ExplainedShare = 0.7;      // of the known nouns: the others have no definition

    private readonly LinguaKnobs knobs;
    private readonly Dictionary<Slot, double[][]> tables;      // [slot][context][stem * Z + z]
    private readonly Dictionary<Slot, double[][]> cumulative;  // [slot][context][z * stems + stem]
    private readonly Dictionary<(Slot, int, int, bool), int> ids;

    /// <param name="revealed">Stems that replace those of the same form and are said, be they held out or not.</param>
    public Lexicon(int seed, LinguaKnobs knobs, IReadOnlyList<Stem> revealed)
    {
        this.knobs = knobs;
        Latents = [.. Languages.Latents.All(knobs)];
        Prompts = new Prompts(knobs, Latents);
        var random = new Xoshiro256StarStar(Seeds.Mix(seed, 1), threadSafe: false);
        var forms = new Queue<string>(Forms(random, knobs.Nouns + knobs.Verbs + knobs.Adjectives + knobs.Adverbs
            + knobs.HeldOutNouns));
        Stems = new()
        {
            [Slot.Noun] = Draw(Slot.Noun, knobs.Nouns, knobs.ValencedShare, forms, random, knobs.HeldOutNouns),
            [Slot.Verb] = Draw(Slot.Verb, knobs.Verbs, knobs.ValencedShare, forms, random),
            [Slot.Adjective] = Draw(Slot.Adjective, knobs.Adjectives, 1, forms, random),
            [Slot.Adverb] = Draw(Slot.Adverb, knobs.Adverbs, 0.5, forms, random),
        };
        var derived = Stems[Slot.Adjective].Where(s => s.Valence > 0).Take(knobs.Derived + knobs.HeldOutDerived)
            .Select(s => s with { Form = "un" + s.Form, Valence = -1 }).ToList();
        Stems[Slot.Adjective] = [.. Stems[Slot.Adjective], .. derived];
        var meant = revealed.ToDictionary(s => s.Form);
        HeldOut = [.. Stems[Slot.Noun].Skip(knobs.Nouns).Concat(derived.Skip(knobs.Derived))
            .Where(s => !meant.ContainsKey(s.Form))];
        var explained = (int)Math.Round(ExplainedShare * knobs.Nouns);
        Explained = [.. Stems[Slot.Noun].Where((s, i) => i < explained || meant.ContainsKey(s.Form))];
        if (revealed.Count > 0) Reveal(meant);
        Words = [.. FunctionWords.Of(knobs), .. Stems.SelectMany(s => s.Value.SelectMany(Inflect))];
        Texts = ["<bos>", "<unk>", .. Words.Select(w => w.Text)];
        ids = Words.Select((w, i) => (w, i)).ToDictionary(p => (p.w.Slot, p.w.Stem, p.w.Class, p.w.Plural), p =>
            p.i + Specials);
        tables = Stems.ToDictionary(s => s.Key, s => Enumerable.Range(0, Contexts(s.Key)).Select(c => Table(s.Key, c))
            .ToArray());
        cumulative = tables.ToDictionary(t => t.Key, t => t.Value.Select(table => Cumulative(table, Stems[t.Key].Count))
            .ToArray());
    }

    /// <summary>All values of z, in the order of the tables.</summary>
    public Latents[] Latents { get; }

    public Dictionary<Slot, IReadOnlyList<Stem>> Stems { get; }

    /// <summary>Stems that no document has.</summary>
    public HashSet<Stem> HeldOut { get; }

    /// <summary>Nouns that documents may define.</summary>
    public HashSet<Stem> Explained { get; private set; }

    public Prompts Prompts { get; }

    /// <summary>Word forms; the id of the first is 2.</summary>
    public IReadOnlyList<Word> Words { get; }

    /// <summary>Texts by id, "&lt;bos>" and "&lt;unk>" first.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The word of an id; null for the two special ones and for what is no id.</summary>
    public Word? WordOf(int id) => id >= Specials && id < Specials + Words.Count ? Words[id - Specials] : null;

    /// <summary>The stem of a word; null for function words.</summary>
    public Stem? StemOf(Word word) => Stems.TryGetValue(word.Slot, out var stems) ? stems[word.Stem] : null;

    public int IdOf(Word word) => IdOf(word.Slot, word.Stem, word.Class, word.Plural);

    public int IdOf(Slot slot, int stem, int @class = 0, bool plural = false) => ids[(slot, stem, @class, plural)];

    /// <summary>P(stem | slot, context, z) for all z.</summary>
    public ReadOnlySpan<double> Probabilities(Slot slot, int context, int stem) => tables[slot][context]
        .AsSpan(stem * Latents.Length, Latents.Length);

    /// <summary>Draws a stem: the one at the point <paramref name="u"/> in [0, 1) of the distribution.</summary>
    public int Pick(Slot slot, int context, int z, double u)
    {
        var count = Stems[slot].Count;
        var found = cumulative[slot][context].AsSpan(z * count, count).BinarySearch(u);
        return Math.Min(found < 0 ? ~found : found + 1, count - 1);
    }

    /// <exception cref="ArgumentException">There is no stem of a form.</exception>
    private void Reveal(Dictionary<string, Stem> meant)
    {
        foreach (var (slot, stems) in Stems.ToList())
            Stems[slot] = [.. stems.Select(s => meant.GetValueOrDefault(s.Form, s))];
        Explained = [.. Explained.Select(s => meant.GetValueOrDefault(s.Form, s))];
        if (meant.Values.Except(Stems.Values.SelectMany(s => s)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"'{unknown.Form}' is no stem of this language: only its own can be revealed.");
    }

    private int Contexts(Slot slot) => slot switch
    {
        Slot.Noun => knobs.NounClasses + (knobs.Definition > 0 ? 2 : 1),
        Slot.Verb => knobs.NounClasses,
        Slot.Adjective => 2,
        _ => 1,
    };

    private double[] Table(Slot slot, int context)
    {
        var stems = Stems[slot];
        var table = new double[stems.Count * Latents.Length];
        var said = stems.Select(s => Said(s, context)).ToArray();
        for (var z = 0; z < Latents.Length; z++)
        {
            var weights = stems.Select((s, i) => said[i] ? Weight(s, context, Latents[z]) : 0).ToArray();
            var sum = weights.Sum();
            for (var stem = 0; stem < stems.Count; stem++) table[stem * Latents.Length + z] = weights[stem] / sum;
        }
        return table;
    }

    private bool Said(Stem stem, int context) =>
        !HeldOut.Contains(stem) && (stem.Slot != Slot.Noun || context <= knobs.NounClasses || Explained.Contains(stem));

    private double Weight(Stem stem, int context, Latents z) =>
        Math.Pow(stem.Rank, -knobs.Zipf) * Math.Exp(Logit(stem, context, z));

    private double Logit(Stem stem, int context, Latents z)
    {
        var polarity = stem.Slot == Slot.Adjective && context == 1 ? -z.Polarity : z.Polarity;
        var preferred = stem.Slot switch { Slot.Verb => context, Slot.Noun => context - 1, _ => -1 };
        return (stem.Topic == z.Topic ? knobs.TopicPull : 0) + knobs.PolarityPull * stem.Valence * polarity
            + knobs.RegisterPull * stem.Register * z.Register
             + (stem.Intent == z.Intent ? knobs.IntentPull : 0) + (stem.Class == preferred ? knobs.ClassPull : 0);
    }

    private double[] Cumulative(double[] table, int count)
    {
        var (result, Z) = (new double[table.Length], Latents.Length);
        for (var z = 0; z < Z; z++)
            for (var (stem, sum) = (0, 0.0); stem < count; stem++)
                result[z * count + stem] = sum += table[stem * Z + z];
        return result;
    }

    /// <param name="heldOut">Stems beyond the others, with the rank in their middle. Their attributes come from the
    /// same deal.</param>
    private IReadOnlyList<Stem> Draw(Slot slot, int known, double valenced, Queue<string> forms, Random random,
        int heldOut = 0)
    {
        var count = known + heldOut;
        var charged = (int)Math.Round(valenced * count);
        int[] ranks = [.. Balanced(known, i => i + 1, random), .. Enumerable.Repeat((known + 1) / 2, heldOut)];
        var topics = Balanced(count, i => slot == Slot.Adverb ? -1 : i % knobs.Topics, random);
        var valences = Balanced(count, i => i >= charged ? 0 : i % 2 == 0 ? 1 : -1, random);
        var registers = Balanced(count, i => i % 2 == 0 ? 1 : -1, random);
        var classes = Balanced(count, i => i % knobs.NounClasses, random);
        var intents = Balanced(count, i => slot is Slot.Verb or Slot.Adverb ? i % knobs.Intents : -1, random);
        return [.. Enumerable.Range(0, count).Select(i =>
            new Stem(forms.Dequeue(), slot, ranks[i], topics[i], valences[i], registers[i], classes[i], intents[i]))];
    }

    /// <summary>Attribute values in equal numbers, in random order: no attribute goes with another by design.</summary>
    internal static int[] Balanced(int count, Func<int, int> value, Random random)
    {
        var values = Enumerable.Range(0, count).Select(value).ToArray();
        random.Shuffle(values);
        return values;
    }

    private IEnumerable<Word> Inflect(Stem stem, int index)
    {
        bool[] numbers = knobs.Plural > 0 ? [false, true] : [false];
        return stem.Slot switch
        {
            Slot.Noun => numbers.Select(plural =>
                new Word(stem.Form + (plural ? "i" : ""), Slot.Noun, index, stem.Class, plural)),
            Slot.Verb => numbers.SelectMany(plural => Enumerable.Range(0, knobs.NounClasses)
                .Select(c => new Word(stem.Form + "aeiouy"[c] + (plural ? "n" : "t"), Slot.Verb, index, c, plural))),
            Slot.Adjective => [new Word(stem.Form + "ic", Slot.Adjective, index, 0, false)],
            _ => [new Word(stem.Form + "ly", Slot.Adverb, index, 0, false)],
        };
    }

    /// <summary>Different stems of the form consonant-vowel-consonant, with a second such syllable where the first
    /// forms run out.</summary>
    internal static IEnumerable<string> Forms(Random random, int count)
    {
        char Of(string letters) => letters[random.Next(letters.Length)];
        string Syllable() => $"{Of(Consonants)}{Of(Vowels)}{Of(Consonants)}";
        var seen = new HashSet<string>();
        while (seen.Count < count)
        {
            var form = seen.Count < 300 ? Syllable() : Syllable() + Syllable();
            if (form != "not") seen.Add(form);   // the one function word of this form
        }
        return seen;
    }
}
