namespace LmNotebooks.Questions;

/// <summary>What is seen at one position of a document, as a likelihood: P(seen | x) = Any + Same [x = Word].</summary>
/// <param name="Word">The word that is seen there.</param>
/// <param name="Same">What speaks for this word alone.</param>
/// <param name="Any">What speaks for every word alike.</param>
internal readonly record struct Evidence(int Word, double Same, double Any)
{
    /// <summary>A word that is known, or a hole, where it can be any.</summary>
    public static Evidence Of(int seen) => seen == Masking.Hole ? new(seen, 0, 1) : new(seen, 1, 0);

    public double Likelihood(int word) => word == Word ? Any + Same : Any;
}
