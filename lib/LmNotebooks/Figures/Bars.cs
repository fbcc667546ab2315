using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Horizontal bars, one for each row.</summary>
/// <param name="From">Where they begin, in the unit of the values: above 0 on a logarithmic axis.</param>
public sealed record Bars(string Name, IReadOnlyList<double> Values, IReadOnlyList<Spread>? Intervals = null,
    double From = 0)
    : RowMark(Name, Values, [.. Enumerable.Range(0, Values.Count)], Intervals)
{
    internal override IEnumerable<double> Xs => [From, .. base.Xs];
}
