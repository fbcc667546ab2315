using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>A measure of which the truth has 1, such as agreement, against a whole number that makes it harder: a line
/// for each model.</summary>
public static class AgreementCurves
{
    /// <param name="measure">What is measured, such as "share of right verb forms".</param>
    /// <param name="along">What is counted, in the plural: "attractors between subject and verb", "layers of
    /// embedding".</param>
    /// <param name="points">Each with its model, its count and the measure, mean over the seeds with its 95 %
    /// interval.</param>
    /// <exception cref="ArgumentException">There is no point, or one that cannot be drawn.</exception>
    public static Figure Of(string measure, string along,
        params IEnumerable<(string Model, int Count, Spread Value)> points)
    {
        var all = points.ToList();
        return MeasuredCurves.Of(new Axis(along, Whole: true), new Axis(measure), [new Reference("1: the truth", 1)],
            all.Select(p => (p.Model, (string?)null, (double)p.Count, p.Value)), Finding(along, all));
    }

    /// <summary>Who is best and who is worst where it is hardest.</summary>
    private static string Finding(string along, IReadOnlyList<(string Model, int Count, Spread Value)> points)
    {
        if (points.Count == 0) return "";
        var most = points.Max(p => p.Count);
        var ranked = points.Where(p => p.Count == most).OrderByDescending(p => p.Value.Value).ToList();
        string Text((string Model, int, Spread Value) p) => $"{p.Model} {Numbers.Text(p.Value.Value, 2)}";
        return $"With {most} {along}, {Text(ranked[0])}"
            + (ranked.Count > 1 ? $" is best and {Text(ranked[^1])} worst; " : "; ");
    }
}
