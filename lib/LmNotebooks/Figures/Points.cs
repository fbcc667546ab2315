using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Points, any number in each row.</summary>
/// <param name="Censoring">Whether the values are bounds: then each is an arrow head towards where the true value
/// lies.</param>
public sealed record Points(string Name, IReadOnlyList<double> Values, IReadOnlyList<int> Rows,
    IReadOnlyList<Spread>? Intervals = null,
    Censoring Censoring = Censoring.None) : RowMark(Name, Values, Rows, Intervals);
