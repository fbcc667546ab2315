using System.Security.Cryptography;
using System.Text;
using LmNotebooks.Languages;

namespace LmNotebooks.Tokens;

/// <summary>What a model is trained and tested on.</summary>
/// <param name="Hash">Identifies the data: of a language its own hash, of a text the SHA-256 of its bytes.</param>
/// <param name="Vocabulary">Number of token ids, V.</param>
/// <param name="Start">The id that stands before a document.</param>
public sealed record Dataset(string Name, string Hash, int Vocabulary, int Start, Corpus Train, Corpus Test)
{
    private const double TestShare = 0.1;

    /// <summary>Documents drawn from a synthetic language: training documents of <paramref name="trainTokens"/> in all, each to be read
    /// once, and other documents to test on. Both depend on the language and the seed alone.</summary>
    public static Dataset Of(Lingua language, long trainTokens, int testDocuments, int seed)
    {
        var train = new List<int[]>();
        for (var (tokens, draw) = (0L, 0); tokens < trainTokens; draw++)
            foreach (var document in language.Sample(256, Seeds.Mix(seed, draw + 1)))
            {
                if (tokens >= trainTokens) break;
                train.Add(document.Ids);
                tokens += document.Ids.Length;
            }
        var test = language.Sample(testDocuments, Seeds.Mix(seed, 0)).Select(d => d.Ids);
        return new Dataset($"lingua seed {language.Seed}", language.Hash, language.Vocabulary, 0,
            Corpus.OfDocuments(train, 0), Corpus.OfDocuments(test, 0));
    }

    /// <summary>A real text as bytes, in blocks; the last tenth is for testing.</summary>
    /// <param name="path">A UTF-8 file, or a folder of them.</param>
    /// <exception cref="ArgumentException">The text is too short for two blocks of this length.</exception>
    public static Dataset OfText(string path, int blockLength)
    {
        var text = RealText.Read(path);
        var ids = Tokenizers.Bytes().EncodeToIds(text).ToArray();
        var split = ids.Length - Math.Max((int)(ids.Length * TestShare), blockLength + 1);
        if (split <= blockLength)
            throw new ArgumentException($"{path} has {ids.Length} bytes: with blocks of {blockLength} it must have at least {2 * blockLength + 3}, for training and testing.");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new Dataset(Path.GetFileName(path.TrimEnd('/', '\\')), hash[..16], 256, '\n',
            Corpus.OfBlocks(ids.AsSpan(0, split), blockLength), Corpus.OfBlocks(ids.AsSpan(split), blockLength));
    }
}
