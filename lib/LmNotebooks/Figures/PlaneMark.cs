using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Points of the plane.</summary>
public abstract record PlaneMark(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark(Name)
{
    /// <summary>What each point is, shown under the pointer, and beside the point where there is room; null for
    /// none.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The interval of each y, in its unit; null for none.</summary>
    public IReadOnlyList<Spread>? Intervals { get; init; }

    internal override IReadOnlyList<Spread> Spans => Intervals ?? [];
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => WithEnds(Y, Intervals);
    internal override void Check() => Together(X.Count, Y.Count, Texts?.Count, Intervals?.Count);
}
