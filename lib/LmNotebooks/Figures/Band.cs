namespace LmNotebooks.Figures;

/// <summary>The area between two curves, such as what all seeds did.</summary>
public sealed record Band(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High)
    : Mark(Name)
{
    internal override IEnumerable<double> Xs => X;
    internal override IEnumerable<double> Ys => Low.Concat(High);
    internal override void Check() => Together(X.Count, Low.Count, High.Count);
}
