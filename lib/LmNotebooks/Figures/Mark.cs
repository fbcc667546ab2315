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

    private protected static IEnumerable<double> WithEnds(IReadOnlyList<double> values,
        IReadOnlyList<Interval>? intervals) =>
        [.. values, .. (intervals ?? []).SelectMany(i => (double[])[i.Low, i.High])];

    /// <exception cref="ArgumentException">Lists are empty or differ in length; null stands for a list that is not
    /// there.</exception>
    private protected void Together(int count, params int?[] others)
    {
        if (count == 0) throw new ArgumentException($"{Name} has no values.");
        if (others.FirstOrDefault(other => other is { } n && n != count) is { } n)
            throw new ArgumentException($"{Name} has {count} values on one side and {n} on the other.");
    }
}

/// <summary>Points of the plane.</summary>
public abstract record PlaneMark(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark(Name)
{
    /// <summary>What each point is, shown under the pointer, and beside the point where there is room; null for
    /// none.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The interval of each y, in its unit; null for none.</summary>
    public IReadOnlyList<Interval>? Intervals { get; init; }

    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => WithEnds(Y, Intervals);
    internal override void Check() => Together(X.Count, Y.Count, Texts?.Count, Intervals?.Count);
}

/// <summary>A line through points, in the given order.</summary>
/// <param name="Bare">Without a marker at each point, such as a border.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, bool Bare = false)
    : PlaneMark(Name, X, Y);

/// <summary>Points without a line, such as words in a plane.</summary>
public sealed record Dots(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : PlaneMark(Name, X, Y);

/// <summary>The area between two curves, such as what all seeds did.</summary>
public sealed record Band(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High)
    : Mark(Name)
{
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => Low.Concat(High);
    internal override void Check() => Together(X.Count, Low.Count, High.Count);
}

/// <summary>Values in the rows of the y axis.</summary>
/// <param name="Rows">Row of each value, counted from the top.</param>
/// <param name="Intervals">The interval of each value, in its unit; null for none.</param>
public abstract record RowMark(string Name, IReadOnlyList<double> Values, IReadOnlyList<int> Rows,
    IReadOnlyList<Interval>? Intervals) : Mark(Name)
{
    internal override IEnumerable<double> Xs => WithEnds(Values, Intervals);
    internal override void Check() => Together(Values.Count, Rows.Count, Intervals?.Count);
}

/// <summary>Horizontal bars, one for each row.</summary>
/// <param name="From">Where they begin, in the unit of the values: above 0 on a logarithmic axis.</param>
public sealed record Bars(string Name, IReadOnlyList<double> Values, IReadOnlyList<Interval>? Intervals = null,
    double From = 0)
    : RowMark(Name, Values, [.. Enumerable.Range(0, Values.Count)], Intervals)
{
    internal override IEnumerable<double> Xs => [From, .. base.Xs];
}

/// <summary>Points, any number in each row.</summary>
/// <param name="Censoring">Whether the values are bounds: then each is an arrow head towards where the true value
/// lies.</param>
public sealed record Points(string Name, IReadOnlyList<double> Values, IReadOnlyList<int> Rows,
    IReadOnlyList<Interval>? Intervals = null,
    Censoring Censoring = Censoring.None) : RowMark(Name, Values, Rows, Intervals);

/// <summary>A value for each row of the y axis and each column of the x axis, drawn as a strength of one colour: none
/// is 0, or the least value if one is below 0, and full is the largest value. Light and dark tell it apart for every
/// kind of colour vision, and in print.</summary>
/// <param name="Name">What the values are, with their unit.</param>
/// <param name="Values">Rows from the top, columns from the left.</param>
public sealed record Heat(string Name, double[,] Values) : Mark(Name)
{
    internal override IEnumerable<double> Xs => [];
    internal int Rows => Values.GetLength(0);
    internal int Columns => Values.GetLength(1);

    /// <summary>The values without colour and with full colour.</summary>
    internal (double None, double Full) Ends
    {
        get
        {
            var (none, full) = (Math.Min(0, Values.Cast<double>().Min()), Values.Cast<double>().Max());
            return (none, full > none ? full : none + 1);
        }
    }

    internal override void Check()
    {
        Together(Values.Length);
        if (Values.Cast<double>().Any(v => !double.IsFinite(v)))
            throw new ArgumentException($"{Name} has a value that is not a finite number.");
    }
}

/// <summary>A labelled straight line across the figure.</summary>
/// <param name="Vertical">Drawn at this x; otherwise at this y.</param>
/// <param name="Below">A horizontal line's label stands under it.</param>
public sealed record Reference(string Name, double Value, bool Vertical = false, bool Below = false) : Mark(Name)
{
    internal override IEnumerable<double> Xs => Vertical ? [Value] : [];
    internal override IEnumerable<double> Ys => Vertical ? [] : [Value];
}
