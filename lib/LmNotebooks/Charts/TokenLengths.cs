using System.Text;
using LmNotebooks.Figures;
using LmNotebooks.Tokens;

namespace LmNotebooks.Charts;

/// <summary>How much text a token is: what more merges bring.</summary>
public static class TokenLengths
{
    /// <summary>The mean length of a token, in bytes, against the number of tokens in the vocabulary.</summary>
    /// <param name="train">The text that byte pairs are learned from, once for each vocabulary.</param>
    /// <param name="test">The text that is cut into tokens and measured.</param>
    /// <param name="vocabularies">Numbers of tokens, 256 or more each.</param>
    /// <exception cref="ArgumentException">There is no vocabulary, or one that cannot be learned.</exception>
    public static Figure Of(string train, string test, params IReadOnlyList<int> vocabularies)
    {
        var lengths = vocabularies.Select(v => Mean(BpeTrainer.Train(train, v), test)).ToList();
        return new Figure("Length of a token against the vocabulary",
            new Axis("tokens in the vocabulary", Log: true), new Axis("bytes per token"),
            [new Line("test text", [.. vocabularies.Select(v => (double)v)], lengths)],
            "Bytes per token: " + Numbers.Sentence(vocabularies.Zip(lengths,
                (v, length) => $"{Numbers.Text(length, 2)} with {v} tokens")));
    }

    /// <summary>The mean length of a token of a text, in bytes.</summary>
    public static double Mean(BytePairs tokens, string text) =>
        (double)Encoding.UTF8.GetByteCount(text) / tokens.Tokenizer.CountTokens(text);
}
