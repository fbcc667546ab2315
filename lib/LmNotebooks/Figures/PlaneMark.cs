using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Points of the plane.</summary>
public abstract record PlaneMark(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark(Name)
{
    /// <summary>What each point is, shown under the pointer, and beside the point where there is room; null for
    /// none.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Which texts may stand beside their points; null for all.</summary>
    public IReadOnlyList<bool>? Written { get; init; }

    /// <summary>The interval of each y, in its unit; null for none.</summary>
    public IReadOnlyList<Spread>? Intervals { get; init; }

    /// <summary>The interval of each x, in its unit; null for none. Of few seeds each is a point, with its x and its
    /// y.</summary>
    public IReadOnlyList<Spread>? Across { get; init; }

    internal override IReadOnlyList<Spread> Spans => Intervals ?? [];
    internal override IEnumerable<double> Xs => WithEnds(X, Across);
    internal override IEnumerable<double> Ys => WithEnds(Y, Intervals);
    internal override void Check() =>
        Together(X.Count, Y.Count, Texts?.Count, Intervals?.Count, Across?.Count, Written?.Count);
}
