namespace LmNotebooks.Charts;

/// <summary>One thing drawn in a figure.</summary>
/// <param name="Name">As the legend, or the label on it, says.</param>
public abstract record Mark(string Name)
{
    /// <summary>The values that the axes must reach.</summary>
    internal abstract IEnumerable<double> Xs { get; }
    internal abstract IEnumerable<double> Ys { get; }

    internal virtual void Check() { }

    /// <exception cref="ArgumentException">The lists are empty or differ in length.</exception>
    private protected void Together(params IReadOnlyList<double>[] lists)
    {
        if (lists[0].Count == 0) throw new ArgumentException($"{Name} has no values.");
        if (lists.FirstOrDefault(l => l.Count != lists[0].Count) is { } other)
            throw new ArgumentException($"{Name} has {lists[0].Count} values on one side and {other.Count} on the other.");
    }
}

/// <summary>A line through points, in the given order.</summary>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark(Name)
{
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => Y;
    internal override void Check() => Together(X, Y);
}

/// <summary>The area between two curves, such as an interval over the seeds.</summary>
public sealed record Band(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High) : Mark(Name)
{
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => Low.Concat(High);
    internal override void Check() => Together(X, Low, High);
}

/// <summary>Horizontal bars from 0, one for each category of the y axis.</summary>
/// <param name="Labels">Text at the end of each bar; null for none.</param>
public sealed record Bars(string Name, IReadOnlyList<double> Values, IReadOnlyList<string>? Labels = null) : Mark(Name)
{
    /// <summary>Ends of each bar's interval, in the unit of the values; null for none.</summary>
    public (IReadOnlyList<double> Low, IReadOnlyList<double> High)? Interval { get; init; }

    internal override IEnumerable<double> Xs => [0, .. Values, .. Interval?.Low ?? [], .. Interval?.High ?? []];
    internal override IEnumerable<double> Ys => [];
    internal override void Check() => Together(Values, Interval?.Low ?? Values, Interval?.High ?? Values);
}

/// <summary>A labelled straight line across the figure.</summary>
/// <param name="Vertical">Drawn at this x; otherwise at this y.</param>
/// <param name="Below">A horizontal line's label stands under it.</param>
public sealed record Reference(string Name, double Value, bool Vertical = false, bool Below = false) : Mark(Name)
{
    internal override IEnumerable<double> Xs => Vertical ? [Value] : [];
    internal override IEnumerable<double> Ys => Vertical ? [] : [Value];
}
