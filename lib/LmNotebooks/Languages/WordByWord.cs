namespace LmNotebooks.Languages;

/// <summary>What readers of any language do word by word.</summary>
internal static class WordByWord
{
    /// <summary>Logarithms of what a filter says to each word; from the first impossible word on, negative
    /// infinity.</summary>
    public static double[] Logs(int[] words, Func<int, double> read)
    {
        var logs = new double[words.Length];
        for (var t = 0; t < logs.Length; t++)
            if (double.IsNegativeInfinity(logs[t] = Math.Log(read(words[t]))))
            {
                Array.Fill(logs, double.NegativeInfinity, t, logs.Length - t);
                break;
            }
        return logs;
    }

    /// <summary>Ids of a text.</summary>
    /// <exception cref="ArgumentException">A word is not in the vocabulary.</exception>
    public static int[] Ids(IReadOnlyDictionary<string, int> vocabulary, string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
            vocabulary.TryGetValue(word, out var id) ? id : throw new ArgumentException(
                $"'{word}' is not a word of this language: its words are in {nameof(Lingua.Words)}."))];

    /// <summary>Has a filter read a prefix.</summary>
    /// <exception cref="ArgumentException">A word cannot stand where it stands.</exception>
    public static void All(IReadOnlyList<int> prefix, IReadOnlyList<string> words, Func<int, double> read)
    {
        for (var t = 0; t < prefix.Count; t++)
        {
            if (read(prefix[t]) > 0) continue;
            var word = words.ElementAtOrDefault(prefix[t]) ?? prefix[t].ToString();
            throw new ArgumentException($"Word {t + 1} of the prefix, '{word}', cannot stand there: "
                + $"{nameof(Lingua.Next)} of the words before it says what can.");
        }
    }
}
