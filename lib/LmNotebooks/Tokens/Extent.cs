namespace LmNotebooks.Tokens;

/// <summary>How long a text is that a model reads, and of a translation also what it translates; in tokens.</summary>
/// <param name="Source">0 where there is nothing to translate.</param>
public readonly record struct Extent(double Length, double Source = 0)
{
    /// <summary>Source tokens for each token of the text.</summary>
    public double SourceShare => Source / Length;

    /// <summary>The extent of a text that translates nothing.</summary>
    public static implicit operator Extent(double length) => new(length);
}
