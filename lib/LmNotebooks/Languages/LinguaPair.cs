using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Random;

namespace LmNotebooks.Languages;

/// <summary>A language and a second one with the same meanings, whose translations have exactly known probabilities:
/// P(b | a) sums over the topic that the source a leaves open, the senses of its homonyms, and the orders in which a
/// target sentence may stand.</summary>
public sealed class LinguaPair : IConditionalDistribution
{
    private readonly TargetLanguage language;
    private readonly TargetLexicon lexicon;
    private readonly Dictionary<string, int> ids;

    /// <exception cref="ArgumentException">A knob is out of range.</exception>
    public LinguaPair(int seed, PairKnobs knobs)
        : this(new Lingua(seed, knobs.Checked().Source), knobs, TargetLanguage.Second) { }

    private LinguaPair(Lingua source, PairKnobs knobs, TargetLanguage language)
    {
        (Source, Knobs, this.language) = (source, knobs, language);
        lexicon = new TargetLexicon(language, knobs, Source);
        ids = lexicon.Texts.Select((text, id) => (text, id)).ToDictionary(p => p.text, p => p.id);
        var identity = string.Join('\n', [Source.Hash, knobs.ToJson(), .. Words]);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }

    /// <summary>A pair of one of the kit's presets: base, directions, tasks or tiny.</summary>
    public static LinguaPair Preset(string name, int seed) => new(seed, PairKnobs.Preset(name));

    /// <summary>A pair of the same source with the same knobs and a third language as its target: words, homonyms and
    /// synonyms of its own, the verb first, and phrases in the order of the source.</summary>
    public LinguaPair ToThird() => new(Source, Knobs, TargetLanguage.Third);

    public PairKnobs Knobs { get; }

    /// <summary>The language that is translated from.</summary>
    public Lingua Source { get; }

    /// <summary>Identifies the pair: SHA-256 of the source's hash, the knobs and the words, the first 16 hex
    /// digits.</summary>
    public string Hash { get; }

    /// <summary>Words of the target by id; the first two are "&lt;bos>" and "&lt;unk>".</summary>
    public IReadOnlyList<string> Words => lexicon.Texts;

    /// <inheritdoc/>
    public int Vocabulary => Words.Count;

    /// <summary>The target's word form of an id; null for the two special ids.</summary>
    public TargetWord? WordOf(int id) => lexicon.WordOf(id);

    /// <summary>The text of some ids of the target, words separated by blanks.</summary>
    public string Text(IEnumerable<int> text) => string.Join(' ', text.Select(id => Words[id]));

    /// <summary>Ids of a text in the target's own words.</summary>
    /// <exception cref="ArgumentException">A word is not in the language.</exception>
    public int[] Ids(string text) => WordByWord.Ids(ids, text);

    /// <summary>Whether a translation is at its end: it has as many full stops as its source.</summary>
    public bool Ends(IReadOnlyList<int> source, IReadOnlyList<int> target) =>
        target.Count(id => WordOf(id)?.Source.Slot == Slot.Stop) >= source.Count(id =>
            Source.WordOf(id)?.Slot == Slot.Stop);

    /// <summary>Documents drawn from the source, each with a translation drawn under the document's topic; the same
    /// seed gives the same.</summary>
    public IReadOnlyList<Example> Sample(int count, int seed) =>
        [.. Source.Sample(count, seed).Select((document, i) =>
            new Example(document.Ids, [.. Draw(document, Stream(seed, i))]))];

    private Random Stream(int seed, int document) =>
        new Xoshiro256StarStar(Seeds.Mix(Source.Seed, seed, document, language.Stream), threadSafe: false);

    /// <inheritdoc/>
    /// <remarks>Exact. From the first word on that no translation of the source has there, negative infinity.</remarks>
    /// <exception cref="ArgumentException">A source is not grammatical.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Select(example => WordByWord.Logs(example.Target, Read(example.Source).Read))];

    /// <inheritdoc/>
    /// <remarks>Exact.</remarks>
    /// <exception cref="ArgumentException">The source is not grammatical, or the prefix does not begin a translation of
    /// it, or is one.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Next(Read(source), prefix);

    /// <summary>P(. | what a filter has read, prefix).</summary>
    internal double[] Next(TranslationFilter filter, IReadOnlyList<int> prefix)
    {
        WordByWord.All(prefix, Words, filter.Read);
        return filter.Ended ? throw new ArgumentException("The prefix is a whole translation: no word follows.")
            : filter.Next();
    }

    /// <summary>The entropy of translation in nats per target token, the mean of -ln P(b_t | a, b_1 .. b_{t-1}) over
    /// drawn translations.</summary>
    /// <inheritdoc cref="Lingua.Entropy"/>
    public Estimate Entropy(double standardError = 0.002, int seed = 0) =>
        Estimate.OfEntropy(standardError, seed, (count, of) => LogProbabilities(Sample(count, of)));

    private IEnumerable<int> Draw(Document document, Random random)
    {
        var topic = document.Sentences[0].Latents.Topic;
        foreach (var orders in new Transfer(language, [.. document.Ids.Select(id => Source.WordOf(id)!)]).Sentences())
            foreach (var place in orders[random.NextDouble() < Knobs.Scrambling ? random.Next(1, orders.Length) : 0])
            {
                var (choices, luck) = (lexicon.Choices(place), random.NextDouble());
                // the last, by rounding
                yield return choices.FirstOrDefault(id => (luck -= lexicon.Probability(id, place, topic)) < 0,
                    choices.Last());
            }
    }

    /// <param name="topics">P(topic); null for what the source says of it.</param>
    internal TranslationFilter Read(IReadOnlyList<int> source, double[]? topics = null)
    {
        topics ??= Source.Posterior(Latent.Topic, source);
        var words = source.Select(id => Source.WordOf(id)!).ToArray();
        if (words is not [.., { Slot: Slot.Stop }])
            throw new ArgumentException("The source is no whole sentence: it must end with its full stop.");
        return new TranslationFilter(Knobs, lexicon, new Transfer(language, words).Sentences(), topics);
    }
}
