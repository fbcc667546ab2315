using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Values in the rows of the y axis.</summary>
/// <param name="Rows">Row of each value, counted from the top.</param>
/// <param name="Intervals">The interval of each value, in its unit; null for none.</param>
public abstract record RowMark(string Name, IReadOnlyList<double> Values, IReadOnlyList<int> Rows,
    IReadOnlyList<Spread>? Intervals) : Mark(Name)
{
    internal override IReadOnlyList<Spread> Spans => Intervals ?? [];
    internal override IEnumerable<double> Xs => WithEnds(Values, Intervals);
    internal override void Check() => Together(Values.Count, Rows.Count, Intervals?.Count);
}
