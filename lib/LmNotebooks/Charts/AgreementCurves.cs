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
        params IEnumerable<(string Model, int Count, Spread Value)> points) => MeasuredCurves.Of(
        new Axis(along, Whole: true), new Axis(measure),
        new Reference("1: the truth", 1), points.Select(p => (p.Model, (string?)null, (double)p.Count, p.Value)));
}
