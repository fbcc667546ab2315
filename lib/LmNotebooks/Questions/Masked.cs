namespace LmNotebooks.Questions;

/// <summary>A document as <see cref="Masking"/> left it.</summary>
public sealed class Masked
{
    internal Masked(int[] document, int[] seen, int[] selected) =>
        (Document, Seen, Selected) = (document, seen, selected);

    /// <summary>Ids of its own words, which are to be found.</summary>
    public IReadOnlyList<int> Document { get; }

    /// <summary>Ids that are seen; <see cref="Masking.Hole"/> where a word is hidden.</summary>
    public IReadOnlyList<int> Seen { get; }

    /// <summary>Positions whose words are to be predicted.</summary>
    public IReadOnlyList<int> Selected { get; }
}
