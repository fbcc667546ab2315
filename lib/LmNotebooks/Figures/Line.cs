namespace LmNotebooks.Figures;

/// <summary>A line through points, in the given order.</summary>
/// <param name="Bare">Without a marker at each point, such as a border.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, bool Bare = false)
    : PlaneMark(Name, X, Y);
