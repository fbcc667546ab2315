using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Masks that say which positions of a text each position sees, for <see cref="Body.States"/>: true or false,
/// [B, 1, 1, T] where all see the same, else [B, 1, T, T]. Without a mask each sees those up to its own.</summary>
public static class Sight
{
    /// <summary>Each position sees the whole text, and nothing beyond its end: [B, 1, 1, T].</summary>
    /// <param name="lengths">Positions of each text, [B].</param>
    /// <param name="T">Positions of a row.</param>
    public static Tensor Whole(Tensor lengths, long T) => IsOfText(lengths, T).unsqueeze(1).unsqueeze(1);

    /// <summary>A random order of each text, and the mask with which it is read in this order: position i sees j where
    /// j is not later than i.</summary>
    /// <param name="generator">What the orders are drawn from; all are equally likely.</param>
    /// <inheritdoc cref="Whole"/>
    /// <returns>The ranks, [B, T]: -1 of the start, at position 0, which is known; 0, 1, .. of the others of the text;
    /// higher ones beyond its end, so that no position of the text sees these. And the mask, [B, 1, T, T].</returns>
    public static (Tensor Ranks, Tensor Seen) Shuffled(Tensor lengths, long T, Generator generator)
    {
        var drawn = rand([lengths.size(0), T], generator: generator).to(lengths.device);              // below 1
        var places = Places(T, lengths.device).to(float32).expand_as(drawn);
        var keys = where(IsOfText(lengths, T), drawn, places);
        var first = ones_like(keys.narrow(1, 0, 1)).neg();
        keys = cat([first, keys.narrow(1, 1, T - 1)], 1);
        var ranks = keys.argsort(1).argsort(1).sub(Scalars.One);                                      // [B, T]
        return (ranks, NotLater(ranks).unsqueeze(1));
    }

    /// <summary>A text twice, as one of double length, to predict each token in an order (two streams of attention,
    /// Yang et al. 2019): first its contents, then a query for each position, which knows the position and not its
    /// token. Content i sees content j where j is not later than i, query i where j is earlier, and no query is seen by
    /// another. The start has nothing before it, so its query, for which there is nothing to predict, sees
    /// itself.</summary>
    /// <param name="ranks">As <see cref="Shuffled"/> returns them, [B, T].</param>
    /// <returns>The mask, [B, 1, 2T, 2T].</returns>
    public static Tensor TwoStreams(Tensor ranks)
    {
        var contents = NotLater(ranks);                                                               // [B, T, T]
        var earlier = contents.logical_and(contents.transpose(1, 2).logical_not());
        var start = diag_embed(ranks.lt(Scalars.Zero));
        var ofContents = cat([contents, zeros_like(contents)], 2);
        var ofQueries = cat([earlier, start], 2);
        return cat([ofContents, ofQueries], 1).unsqueeze(1);
    }

    /// <summary>Where the rank of j is at most that of i: [B, i, j].</summary>
    private static Tensor NotLater(Tensor ranks) => ranks.unsqueeze(1).le(ranks.unsqueeze(2));

    /// <summary>Which positions are not beyond the end, [B, T].</summary>
    private static Tensor IsOfText(Tensor lengths, long T) =>
        Places(T, lengths.device).lt(lengths.unsqueeze(1));

    /// <summary>0 .. T-1.</summary>
    internal static Tensor Places(long T, Device device) => ones(T, int64, device).cumsum(0).sub(Scalars.One);
}
