using System.Text;
using Microsoft.ML.Tokenizers;

namespace LmNotebooks.Tokens;

/// <summary>The kit's tokenizers, all behind <see cref="Tokenizer"/>.</summary>
public static class Tokenizers
{
    /// <summary>One token a word, words separated by white space; the id of a word is its place in
    /// <paramref name="words"/>.</summary>
    /// <param name="unknown">The word that stands for every other; it must be among <paramref name="words"/>.</param>
    /// <exception cref="ArgumentException">A word is empty, has white space in it or occurs twice.</exception>
    public static Tokenizer Words(IReadOnlyList<string> words, string unknown = "<unk>")
    {
        Check(words);
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', words)));
        return WordPieceTokenizer.Create(vocabulary, new WordPieceOptions
        {
            PreTokenizer = PreTokenizer.CreateWhiteSpace(), UnknownToken = unknown,
        });
    }

    /// <exception cref="ArgumentException">A word is empty, has white space in it or occurs twice; one
    /// sentence.</exception>
    internal static void Check(IReadOnlyList<string> words)
    {
        var bad = words.FirstOrDefault(w => w.Length == 0 || w.Any(char.IsWhiteSpace));
        if (bad is not null)
            throw new ArgumentException($"'{bad}' cannot be a word: words are not empty and have no white space in "
            + "them.");
        var twice = words.GroupBy(w => w).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"The word '{twice.Key}' occurs {twice.Count()} times: each word has one id.");
    }

    /// <summary>One token a byte of the text's UTF-8: ids 0 to 255 are the bytes themselves. Byte-level BPE (Radford et
    /// al. 2019) before its first merge.</summary>
    public static Tokenizer Bytes() => new BytePairs([]).Tokenizer;
}
