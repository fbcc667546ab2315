namespace LmNotebooks.Figures;

/// <summary>Points without a line, such as words in a plane.</summary>
public sealed record Dots(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : PlaneMark(Name, X, Y);
