using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>One thing drawn in a figure.</summary>
/// <param name="Name">As the legend, or the label on it, says.</param>
public abstract record Mark(string Name)
{
    /// <summary>Marks of one family are drawn in one colour; each is its own family unless said otherwise.</summary>
    public string Family { get; init; } = Name;

    /// <summary>The values that the axes must reach.</summary>
    internal abstract IEnumerable<double> Xs { get; }
    internal virtual IEnumerable<double> Ys => [];

    internal virtual void Check() { }

    /// <exception cref="ArgumentException">Lists are empty or differ in length; null stands for a list that is not there.</exception>
    private protected void Together(int count, params int?[] others)
    {
        if (count == 0) throw new ArgumentException($"{Name} has no values.");
        if (others.FirstOrDefault(other => other is { } n && n != count) is { } n)
            throw new ArgumentException($"{Name} has {count} values on one side and {n} on the other.");
    }
}

/// <summary>A line through points, in the given order.</summary>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark(Name)
{
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => Y;
    internal override void Check() => Together(X.Count, Y.Count);
}

/// <summary>The area between two curves, such as what all seeds did.</summary>
public sealed record Band(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High) : Mark(Name)
{
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => Low.Concat(High);
    internal override void Check() => Together(X.Count, Low.Count, High.Count);
}

/// <summary>Values in the rows of the y axis.</summary>
/// <param name="Rows">Row of each value, counted from the top.</param>
/// <param name="Intervals">The interval of each value, in its unit; null for none.</param>
public abstract record RowMark(string Name, IReadOnlyList<double> Values, IReadOnlyList<int> Rows, IReadOnlyList<Interval>? Intervals) : Mark(Name)
{
    internal override IEnumerable<double> Xs => [.. Values, .. (Intervals ?? []).SelectMany(i => (double[])[i.Low, i.High])];
    internal override void Check() => Together(Values.Count, Rows.Count, Intervals?.Count);
}

/// <summary>Horizontal bars from 0, one for each row.</summary>
public sealed record Bars(string Name, IReadOnlyList<double> Values, IReadOnlyList<Interval>? Intervals = null)
    : RowMark(Name, Values, [.. Enumerable.Range(0, Values.Count)], Intervals)
{
    internal override IEnumerable<double> Xs => [0, .. base.Xs];
}

/// <summary>Points, any number in each row.</summary>
public sealed record Points(string Name, IReadOnlyList<double> Values, IReadOnlyList<int> Rows, IReadOnlyList<Interval>? Intervals = null)
    : RowMark(Name, Values, Rows, Intervals);

/// <summary>A labelled straight line across the figure.</summary>
/// <param name="Vertical">Drawn at this x; otherwise at this y.</param>
/// <param name="Below">A horizontal line's label stands under it.</param>
public sealed record Reference(string Name, double Value, bool Vertical = false, bool Below = false) : Mark(Name)
{
    internal override IEnumerable<double> Xs => Vertical ? [Value] : [];
    internal override IEnumerable<double> Ys => Vertical ? [] : [Value];
}
