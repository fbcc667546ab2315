using System.Security.Cryptography;
using System.Text;

namespace LmNotebooks.Languages;

/// <summary>A synthetic language whose probabilities are known exactly: a grammar with agreement and nesting, a lexicon
/// with attributes, and hidden causes (topic, polarity, register, intent) that colour the choice of words. A language
/// is a seed and its knobs.</summary>
public sealed class Lingua : ISequenceDistribution
{
    private readonly Lexicon lexicon;
    private readonly Sampler sampler;
    private readonly Dictionary<string, int> ids;

    /// <exception cref="ArgumentException">A knob is out of range.</exception>
    public Lingua(int seed, LinguaKnobs knobs) : this(seed, knobs, []) { }

    private Lingua(int seed, LinguaKnobs knobs, IReadOnlyList<Stem> revealed)
    {
        (Seed, Knobs) = (seed, knobs.Checked());
        lexicon = new Lexicon(seed, knobs, revealed);
        sampler = new Sampler(knobs, lexicon);
        ids = lexicon.Texts.Select((text, id) => (text, id)).ToDictionary(p => p.text, p => p.id);
        var identity = string.Join('\n', [seed.ToString(), knobs.ToJson(), .. lexicon.Texts,
            .. Stems.Select(s => s.ToString()), .. revealed.Select(s => s.Form)]);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }

    /// <summary>A language of one of the kit's presets: a file of data/languages.</summary>
    public static Lingua Preset(string name, int seed) => new(seed, LinguaKnobs.Preset(name));

    public int Seed { get; }
    public LinguaKnobs Knobs { get; }

    internal Lexicon Lexicon => lexicon;

    /// <summary>Identifies the language: SHA-256 of seed, knobs and lexicon, the first 16 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Words by id; the first two are "&lt;bos>", which starts a document, and "&lt;unk>".</summary>
    public IReadOnlyList<string> Words => lexicon.Texts;

    /// <inheritdoc/>
    public int Vocabulary => Words.Count;

    /// <summary>All stems with their attributes.</summary>
    public IEnumerable<Stem> Stems => lexicon.Stems.Values.SelectMany(s => s);

    /// <summary>Stems that have words but stand in no document: held-out nouns, and opposites with "un-".</summary>
    public IReadOnlyCollection<Stem> HeldOut => lexicon.HeldOut;

    /// <summary>The nouns that documents may define, about 70 % of those that are said.</summary>
    public IReadOnlyCollection<Stem> Explained => lexicon.Explained;

    /// <summary>This language with all its words, in which held-out stems are said, and defined, too.</summary>
    /// <param name="stems">Stems by their forms; attributes other than their own make it the language in which they
    /// mean that.</param>
    /// <exception cref="ArgumentException">A stem is not of this language.</exception>
    public Lingua Reveal(params IReadOnlyList<Stem> stems) => new(Seed, Knobs, stems);

    /// <summary>The sentence that defines a noun: "a dax is a good polite class-a animal ."</summary>
    /// <exception cref="ArgumentException">The stem is no noun of this language, or it has no definitions.</exception>
    public int[] Definition(Stem noun)
    {
        var index = lexicon.Stems[Slot.Noun].TakeWhile(s => s.Form != noun.Form).Count();
        if (Knobs.Definition == 0 || index == lexicon.Stems[Slot.Noun].Count)
            throw new ArgumentException($"'{noun.Form}' has no definition: it must be a noun, and Definition above 0.");
        return [lexicon.IdOf(Slot.Article, 0), lexicon.IdOf(Slot.Noun, index, noun.Class),
            .. AttributeWords.Definition(noun, Knobs).Select(word => lexicon.IdOf(word.Slot, word.Stem))];
    }

    /// <summary>The stem of a word; null for function words and special ids.</summary>
    public Stem? StemOf(int id) => lexicon.WordOf(id) is { } word ? lexicon.StemOf(word) : null;

    /// <summary>The word form of an id; null for the two special ids.</summary>
    public Word? WordOf(int id) => lexicon.WordOf(id);

    /// <summary>The text of some ids, words separated by blanks.</summary>
    public string Text(IEnumerable<int> text) => string.Join(' ', text.Select(id => Words[id]));

    /// <summary>Ids of a text in the language's own words.</summary>
    /// <exception cref="ArgumentException">A word is not in the language.</exception>
    public int[] Ids(string text) => WordByWord.Ids(ids, text);

    /// <summary>The place of every word of a document.</summary>
    /// <exception cref="ArgumentException">The document is not grammatical.</exception>
    public IReadOnlyList<Place> Places(IReadOnlyList<int> document) =>
        Parse(document, (grammar, word) => grammar.PlaceOf(word));

    /// <summary>The tag of every word of a document.</summary>
    /// <exception cref="ArgumentException">The document is not grammatical.</exception>
    internal IReadOnlyList<Tag> Tags(IReadOnlyList<int> document) =>
        Parse(document, (grammar, word) => grammar.TagOf(word));

    /// <summary>Draws documents; the same seed gives the same ones.</summary>
    public IReadOnlyList<Document> Sample(int count, int seed) => [.. Documents(seed).Take(count)];

    /// <inheritdoc/>
    /// <remarks>Exact. From the first ungrammatical word of a document on, negative infinity.</remarks>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
        [.. documents.Select(document => WordByWord.Logs(document, new Filter(Knobs, lexicon).Read))];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prefix is not grammatical.</exception>
    public double[] Next(IReadOnlyList<int> prefix) => Read(prefix).Next();

    /// <summary>P(value | prefix) of one latent, for the sentence that the next word belongs to. Polarity and register:
    /// -1, then 1.</summary>
    /// <exception cref="ArgumentException">The prefix is not grammatical.</exception>
    public double[] Posterior(Latent which, IReadOnlyList<int> prefix) => Marginal(which, Read(prefix).Belief);

    /// <summary>P(value | document) of one latent, for the sentence that the last word belongs to. After a full stop it
    /// is about the sentence that has ended, where <see cref="Posterior"/> is about the one that begins.</summary>
    /// <exception cref="ArgumentException">The document is not grammatical.</exception>
    public double[] PosteriorOfLast(Latent which, IReadOnlyList<int> document) =>
        PosteriorOfLast(which, document, _ => true);

    /// <summary>P(value | document, the latents are among some) of the sentence that the last word belongs
    /// to.</summary>
    internal double[] PosteriorOfLast(Latent which, IReadOnlyList<int> document, Func<Latents, bool> among)
    {
        var belief = Read(document).BeliefOfLast.ToArray();
        for (var z = 0; z < belief.Length; z++) belief[z] = among(lexicon.Latents[z]) ? belief[z] : 0;
        var sum = belief.Sum();
        if (sum == 0) throw new ArgumentException("The document says what this question would ask.");
        return [.. Marginal(which, belief).Select(p => p / sum)];
    }

    /// <summary>P(. | prefix, latent = value), one distribution for each value of a latent, in the order of
    /// <see cref="Posterior"/>. Mixed by the posterior they are <see cref="Next"/>.</summary>
    /// <exception cref="ArgumentException">The prefix is not grammatical.</exception>
    public double[][] NextGiven(Latent which, IReadOnlyList<int> prefix)
    {
        var filter = Read(prefix);
        return [.. Enumerable.Range(0, Values(which)).Select(value => filter.NextGiven(which, value))];
    }

    /// <summary>The entropy of the language in nats per token, as far as the documents go: the mean of -ln P(x_t | x_1
    /// .. x_{t-1}) over drawn documents, with its standard error over documents.</summary>
    /// <param name="standardError">Documents are drawn until the standard error is this small.</param>
    public Estimate Entropy(double standardError = 0.002, int seed = 0) => Estimate.OfEntropy(standardError, seed,
        (count, of) => LogProbabilities([.. Sample(count, of).Select(d => d.Ids)]));

    /// <summary>Draws documents, cuts each at the sentence end nearest its middle, and redraws the part before with
    /// another value of one latent: the same structure, the same luck in choosing words.</summary>
    /// <exception cref="ArgumentException">The latent does not outlast a sentence, or has one value only, or a document
    /// is one sentence.</exception>
    public IReadOnlyList<Redrawn> Redraw(Latent which, int count, int seed)
    {
        if (which == Latent.Intent)
            throw new ArgumentException("The intent is drawn anew for every sentence: it leaves no trace in the next "
            + "one.");
        if (which == Latent.Topic && Knobs.Topics == 1)
            throw new ArgumentException("This language has one topic: there is no other to redraw with.");
        if (which == Latent.Topic && Knobs.Prompt > 0 && Knobs.Leakage == 1)
            throw new ArgumentException("Here the topic decides where prompts stand: no prefix keeps its structure.");
        if (Knobs.Sentences == 1)
            throw new ArgumentException("Documents of this language have one sentence: there is none to continue "
            + "with.");
        var result = new List<Redrawn>(count);
        for (var i = 0; result.Count < count; i++)
        {
            var of = Seeds.Mix(Seed, seed, i);
            var document = sampler.Draw(of);
            if (document.Sentences.Count < 2) continue;
            var cut = document.Sentences.Skip(1).MinBy(s => Math.Abs(2 * s.Start - document.Ids.Length)).Start;
            var other = sampler.Draw(of, latents => latents.Turned(which, Knobs));
            result.Add(new Redrawn(document.Ids[..cut], other.Ids[..cut], document.Ids[cut..]));
        }
        return result;
    }

    /// <summary>Number of values of a latent.</summary>
    internal int Values(Latent which) => lexicon.Latents.Max(z => z.Value(which)) + 1;

    /// <summary>Documents without end.</summary>
    internal IEnumerable<Document> Documents(int seed) =>
        Enumerable.Range(0, int.MaxValue).Select(i => sampler.Draw(Seeds.Mix(Seed, seed, i)));

    private double[] Marginal(Latent which, ReadOnlySpan<double> belief)
    {
        var posterior = new double[Values(which)];
        for (var z = 0; z < belief.Length; z++) posterior[lexicon.Latents[z].Value(which)] += belief[z];
        return posterior;
    }

    /// <summary>What the grammar says of each word before it reads it.</summary>
    private IReadOnlyList<T> Parse<T>(IReadOnlyList<int> document, Func<Grammar, Word, T> say)
    {
        Read(document);   // refuses what the grammar alone would misread
        var grammar = new Grammar(Knobs);
        return [.. document.Select(id =>
        {
            var word = lexicon.WordOf(id)!;
            var said = say(grammar, word);
            grammar.Advance(word, lexicon.StemOf(word));
            return said;
        })];
    }

    private Filter Read(IReadOnlyList<int> prefix)
    {
        var filter = new Filter(Knobs, lexicon);
        WordByWord.All(prefix, Words, filter.Read);
        return filter;
    }
}
