using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tokens;

/// <summary>Texts whose words stand in random order: which words a text has is all that can still be learned from it
/// (as in Sinha et al. 2021).</summary>
public static class ShuffledWords
{
    /// <summary>The same texts, the words of each in an order of its own.</summary>
    public static Dataset Of(Dataset text, int seed) => text with
    {
        Name = $"{text.Name}, words shuffled", Hash = Dataset.Hashed($"{text.Hash} shuffled {seed}"),
        Train = Of(text.Train, text.Start, Seeds.Mix(seed, 1)), Test = Of(text.Test, text.Start, Seeds.Mix(seed, 0)),
    };

    private static Corpus Of(Corpus texts, int start, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        int[] Shuffled(int[] words)
        {
            random.Shuffle(words);
            return words;
        }
        return Corpus.OfDocuments([.. texts.Documents.Select(d => Shuffled([.. d]))], start);
    }
}
