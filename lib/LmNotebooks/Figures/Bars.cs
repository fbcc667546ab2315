using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Horizontal bars, one for each row.</summary>
/// <remarks>They begin at 0.</remarks>
public sealed record Bars(string Name, IReadOnlyList<double> Values, IReadOnlyList<Spread>? Intervals = null)
    : RowMark(Name, Values, [.. Enumerable.Range(0, Values.Count)], Intervals)
{
    /// <summary>Whose each bar is: it has the colour of that model; null where all bars have one colour.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    internal override IEnumerable<double> Xs => [0, .. base.Xs];

    internal override void Check() => Together(Values.Count, Rows.Count, Intervals?.Count, Models?.Count);
}
