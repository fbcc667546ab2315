using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Tokens;

/// <summary>What a model is trained and tested on.</summary>
/// <param name="Hash">Identifies the data: of a language that of the language and of what was drawn, of a text the
/// SHA-256 of its bytes and its tokenizer.</param>
/// <param name="Vocabulary">Number of token ids, V.</param>
/// <param name="Start">The id that stands before a document.</param>
public sealed record Dataset(string Name, string Hash, int Vocabulary, int Start, Corpus Train, Corpus Test)
{
    private const double TestShare = 0.1;

    /// <summary>Documents drawn from a synthetic language: training documents of <paramref name="trainTokens"/> in all,
    /// and other documents to test on. Both depend on the language and the seed alone.</summary>
    public static Dataset Of(Lingua language, long trainTokens, int testDocuments, int seed)
    {
        IEnumerable<int[]> Draw(int count, int draw) => language.Sample(count, draw).Select(d => d.Ids);
        return Of($"lingua seed {language.Seed}", language.Hash, language.Vocabulary, Draw, d => d.Length, d =>
            Corpus.OfDocuments(d, 0), trainTokens, testDocuments, seed)
            with { Pieces = Pieces.Of(language.Words, Morphology.Segment) };
    }

    /// <summary>Documents with their translations, drawn from a pair of languages; <paramref name="trainTokens"/>
    /// counts the tokens of the translations.</summary>
    public static Dataset Of(LinguaPair pair, long trainTokens, int testDocuments, int seed) =>
        Of($"translations, seed {pair.Source.Seed}", pair.Hash, pair.Vocabulary, pair.Sample, t => t.Target.Length,
            t => Corpus.OfTranslations(t, 0),
            trainTokens, testDocuments, seed) with { SourceVocabulary = pair.Source.Vocabulary };

    /// <summary>Texts with the right answers to a question about them.</summary>
    /// <param name="answers">Texts to train on, each with one answer.</param>
    public static Dataset Of(Labelling labelling, int answers, int testDocuments, int seed)
    {
        var (language, train) = (labelling.Language, labelling.Sample(answers, Seeds.Mix(seed, 1)));
        var test = labelling.Sample(testDocuments, Seeds.Mix(seed, 0));
        var right = string.Concat(train.Concat(test).Select(e => $" {e.Target[0]}"));
        var hash = Hashed($"{language.Hash} {labelling.Name} {answers} {testDocuments} {seed}{right}");
        return new Dataset($"{labelling.Name}, seed {language.Seed}", hash, labelling.Vocabulary, 0,
            Corpus.OfAnswers(train, 0), Corpus.OfAnswers(test, 0))
        {
            SourceVocabulary = language.Vocabulary, Question = labelling.Name,
        };
    }

    private static Dataset Of<T>(string name, string language, int vocabulary, Func<int, int, IEnumerable<T>> draw,
        Func<T, int> length,
        Func<IReadOnlyList<T>, Corpus> corpus, long trainTokens, int testDocuments, int seed)
    {
        var train = new List<T>();
        for (var (tokens, drawn) = (0L, 1); tokens < trainTokens; drawn++)
            foreach (var example in draw(256, Seeds.Mix(seed, drawn)))
            {
                if (tokens >= trainTokens) break;
                train.Add(example);
                tokens += length(example);
            }
        return new Dataset(name, Hashed($"{language} {trainTokens} {testDocuments} {seed}"), vocabulary, 0,
            corpus(train),
            corpus([.. draw(testDocuments, Seeds.Mix(seed, 0))]));
    }

    /// <summary>Stems and suffixes of the words of a synthetic language; null of other data.</summary>
    public Pieces? Pieces { get; init; }

    /// <summary>The question of which the targets are answers; null where they are texts.</summary>
    public string? Question { get; init; }

    /// <summary>Number of token ids of the sources, of what is translated or asked about; null where there are
    /// none.</summary>
    public int? SourceVocabulary { get; init; }

    /// <summary>Tokens of the longest source; 0 where nothing is translated.</summary>
    public int SourceLength => Math.Max(Train.SourceLength, Test.SourceLength);

    /// <summary>ln P(x_t | x_1 .. x_{t-1}) of every token of the test documents; of a translator, given what they
    /// translate.</summary>
    public IReadOnlyList<double[]> LogProbabilities(IDistribution distribution) =>
        distribution is IConditionalDistribution translator
        ? translator.LogProbabilities(Test.Examples) : ((ISequenceDistribution)distribution)
            .LogProbabilities(Test.Documents);

    /// <summary>The mean of -ln P(x_t | x_1 .. x_{t-1}) over the tokens of the test documents, in nats; of a
    /// translator, given what they translate.</summary>
    public double Loss(IDistribution distribution)
    {
        var logs = LogProbabilities(distribution);
        return -logs.Sum(d => d.Sum()) / logs.Sum(d => d.Length);
    }

    /// <summary>UTF-8 bytes of the text that the tokens predicted in the test stand for; 0 where the data are no
    /// text.</summary>
    public long TestBytes { get; init; }

    /// <summary>A real text as bytes, in blocks; the last tenth is for testing.</summary>
    /// <inheritdoc cref="OfText(string, int, BytePairs)"/>
    public static Dataset OfText(string path, int blockLength) => OfText(path, blockLength, new BytePairs([]));

    /// <summary>A real text in blocks of tokens; the last tenth is for testing. The text is encoded once, into a file
    /// of the <see cref="TokenCache"/>, and its blocks are read from there: it need not fit into memory.</summary>
    /// <param name="path">A UTF-8 file, or a folder of them.</param>
    /// <exception cref="ArgumentException">The text is too short for two blocks of this length.</exception>
    public static Dataset OfText(string path, int blockLength, BytePairs tokenizer)
    {
        var hash = TokenCache.Hash(path, tokenizer);
        // the corpora keep it: it is closed when they are collected
        var tokens = TokenCache.Open(TokenCache.Folder, path, tokenizer, hash);
        var split = tokens.Count - Math.Max((long)(tokens.Count * TestShare), blockLength + 1);
        if (split <= blockLength)
            throw new ArgumentException($"{path} has {tokens.Count} "
                + $"{(tokenizer.Merges.Count == 0 ? "bytes" : "tokens")}: "
                + $"with blocks of {blockLength} it must have at least {2 * blockLength + 3}, for training and "
                    + "testing.");
        var test = Corpus.OfBlocks(tokens, split, tokens.Count, blockLength);
        return new Dataset(Path.GetFileName(path.TrimEnd('/', '\\')), hash[..16], tokenizer.Vocabulary, '\n',
            Corpus.OfBlocks(tokens, 0, split, blockLength), test) { TestBytes = test.Documents.Sum(tokenizer.Bytes) };
    }

    /// <summary>A test loss in bits per byte of the text, which is comparable between tokenizers: nats per token, times
    /// tokens per byte, over ln 2.</summary>
    /// <exception cref="InvalidOperationException">The data are no text.</exception>
    public double BitsPerByte(double natsPerToken) => TestBytes > 0
        ? natsPerToken * Test.Tokens / TestBytes / Math.Log(2)
        : throw new InvalidOperationException($"{Name} is no text: its losses are nats per token.");

    internal static string Hashed(string description) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)))[..16];
}
