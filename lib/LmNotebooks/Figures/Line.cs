namespace LmNotebooks.Figures;

/// <summary>A line through points, in the given order.</summary>
/// <param name="Bare">Thin, dashed and without markers, such as a border or a fit.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, bool Bare = false)
    : PlaneMark(Name, X, Y);
