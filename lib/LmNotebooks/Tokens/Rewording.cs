using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tokens;

/// <summary>Texts with another wording.</summary>
public static class Rewording
{
    /// <summary>The same texts with another wording; the same seed gives the same ones.</summary>
    public static Dataset Of(Dataset text, Wording wording, int seed)
    {
        Func<Corpus, int, IEnumerable<int[]>> reword = wording switch
        {
            Wording.Shuffled => Shuffled,
            Wording.Foreign => Foreign(text, seed),
            _ => (texts, _) => texts.Documents,
        };
        return text with
        {
            Name = $"{text.Name}, {wording}", Hash = Dataset.Hashed($"{text.Hash} {wording} {seed}"),
            Train = Corpus.OfDocuments(reword(text.Train, Seeds.Mix(seed, 1)), text.Start),
            Test = Corpus.OfDocuments(reword(text.Test, Seeds.Mix(seed, 0)), text.Start),
        };
    }

    private static IEnumerable<int[]> Shuffled(Corpus texts, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        return texts.Documents.Select(d =>
        {
            int[] words = [.. d];
            random.Shuffle(words);
            return words;
        });
    }

    /// <summary>Only words that the training text has are exchanged: the start of a text stays what it is.</summary>
    private static Func<Corpus, int, IEnumerable<int[]>> Foreign(Dataset text, int seed)
    {
        int[] words = [.. text.Train.Documents.SelectMany(d => d).Distinct().Order()];
        int[] others = [.. words];
        new Xoshiro256StarStar(seed, threadSafe: false).Shuffle(others);
        var other = words.Zip(others).ToDictionary();
        return (texts, _) => texts.Documents.Select(d => (int[])[.. d.Select(w => other.GetValueOrDefault(w, w))]);
    }
}
