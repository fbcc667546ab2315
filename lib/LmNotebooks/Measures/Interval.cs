using LmNotebooks.Languages;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>A value with a 95 % interval.</summary>
public sealed record Interval(double Value, double Low, double High)
{
    /// <summary>An estimate over many units, documents for example: 1.96 standard errors to each side.</summary>
    public static Interval Of(Estimate estimate) => Around(estimate.Mean, 1.96 * estimate.StandardError);

    /// <summary>The mean of a few independent values, one for each seed, with Student's t-interval.</summary>
    /// <exception cref="ArgumentException">There are fewer than two values: nothing tells how much they vary.</exception>
    public static Interval OfMean(IReadOnlyList<double> values)
    {
        if (values.Count < 2) throw new ArgumentException($"An interval needs at least two values, and there are {values.Count}: use more seeds.");
        var t = StudentT.InvCDF(0, 1, values.Count - 1, 0.975);
        return Around(values.Mean(), t * values.StandardDeviation() / Math.Sqrt(values.Count));
    }

    private static Interval Around(double value, double half) => new(value, value - half, value + half);
}
