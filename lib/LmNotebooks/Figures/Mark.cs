using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>One thing drawn in a figure.</summary>
/// <param name="Name">As the legend, or the label on it, says.</param>
public abstract record Mark(string Name)
{
    /// <summary>Marks of one family are drawn in one colour; each is its own family unless said otherwise.</summary>
    public string Family { get; init; } = Name;

    /// <summary>Drawn hollow, such as what stands for fewer runs than others.</summary>
    public bool Hollow { get; init; }

    /// <summary>The intervals of its values; none where it has none.</summary>
    internal virtual IReadOnlyList<Spread> Spans => [];

    /// <summary>The values that the axes must reach.</summary>
    internal abstract IEnumerable<double> Xs { get; }
    internal virtual IEnumerable<double> Ys => [];

    internal virtual void Check() { }

    private protected static IEnumerable<double> WithEnds(IReadOnlyList<double> values,
        IReadOnlyList<Spread>? intervals) =>
        [.. values, .. (intervals ?? []).Where(i => i.Few.Count == 0).SelectMany(i => (double[])[i.Low, i.High])
            .Where(end => !double.IsInfinity(end))];

    /// <exception cref="ArgumentException">Lists are empty or differ in length; null stands for a list that is not
    /// there.</exception>
    private protected void Together(int count, params int?[] others)
    {
        if (count == 0) throw new ArgumentException($"{Name} has no values.");
        if (others.FirstOrDefault(other => other is { } n && n != count) is { } n)
            throw new ArgumentException($"{Name} has {count} values on one side and {n} on the other.");
    }
}
