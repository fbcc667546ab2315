namespace LmNotebooks.Tokens;

/// <summary>The pieces that tokens are made of, a stem and its suffixes, say; other tokens have some of them
/// too.</summary>
/// <param name="OfToken">For each token id the ids of its pieces, at least one.</param>
/// <param name="Count">Number of piece ids; ids are 0 .. Count-1.</param>
public sealed record Pieces(IReadOnlyList<IReadOnlyList<int>> OfToken, int Count)
{
    /// <summary>Pieces that are the same text are one. They are numbered as they come.</summary>
    /// <param name="words">Texts of the tokens by id.</param>
    /// <param name="segment">The pieces of a word.</param>
    public static Pieces Of(IEnumerable<string> words, Func<string, IReadOnlyList<string>> segment)
    {
        var ids = new Dictionary<string, int>();
        int Id(string piece) => ids.TryGetValue(piece, out var id) ? id : ids[piece] = ids.Count;
        IReadOnlyList<int>[] ofToken = [.. words.Select(word => segment(word).Select(Id).ToArray())];
        return new Pieces(ofToken, ids.Count);
    }

    /// <summary>The pieces as a table, a row for each token, with -1 where a token has fewer pieces than
    /// another.</summary>
    internal long[,] Padded()
    {
        var padded = new long[OfToken.Count, OfToken.Max(of => of.Count)];
        for (var token = 0; token < padded.GetLength(0); token++)
            for (var i = 0; i < padded.GetLength(1); i++)
                padded[token, i] = i < OfToken[token].Count ? OfToken[token][i] : -1;
        return padded;
    }

    /// <summary>Why these cannot be the pieces of so many tokens, in one sentence; null if they can.</summary>
    internal string? Fault(int vocabulary) =>
        OfToken.Count != vocabulary
            ? $"Pieces are given for {OfToken.Count} tokens, and Vocabulary is {vocabulary}: give those of every token."
        : OfToken.Select((of, token) => (of, token))
            .FirstOrDefault(t => t.of.Count == 0 || t.of.Any(piece => piece < 0 || piece >= Count))
            is { of: { } of, token: var token }
        ? $"Token {token} has the pieces [{string.Join(", ", of)}]: there must be at least one, and each must be an id "
            + $"below the number of pieces, {Count}." : null;
}
