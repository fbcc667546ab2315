namespace LmNotebooks.Figures;

/// <summary>An axis of a figure.</summary>
/// <param name="Title">What is drawn along it, with its unit.</param>
/// <param name="Log">Logarithmic; then every value on it must be above 0.</param>
/// <param name="Categories">Names of rows, from the top, as in a bar chart, or of columns, from the left; null for
/// numbers.</param>
/// <param name="Notes">Texts at the right end of the rows; null for none.</param>
/// <param name="Most">Where the axis ends at the latest: what lies beyond is not drawn.</param>
/// <param name="Whole">A tick at each whole number and nowhere else.</param>
public sealed record Axis(string Title, bool Log = false, IReadOnlyList<string>? Categories = null,
    IReadOnlyList<string>? Notes = null,
    double Most = double.PositiveInfinity, bool Whole = false)
{
    /// <summary>Where a value stands, up to the scale of the picture.</summary>
    internal double Scaled(double value) => Log ? Math.Log10(value) : value;
}
