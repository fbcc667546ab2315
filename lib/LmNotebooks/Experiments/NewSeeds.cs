using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;

namespace LmNotebooks.Experiments;

/// <summary>What all runs with new seeds say together: each alone would cry wolf once in twenty times.</summary>
/// <param name="Unusual">How many of them lie outside of their prediction intervals.</param>
/// <param name="P">Probability of so many or more where every run misses one time in twenty, whatever the others
/// do.</param>
public sealed record NewSeeds(int Runs, int Unusual, double P)
{
    /// <summary>The smallest probability that still agrees. It is small since runs of one arm share their interval, and
    /// those of one seed their language, so that they miss together more often than by themselves.</summary>
    public const double Level = 0.01;

    public bool Agree => P >= Level;

    /// <summary>What the runs with new seeds that ended say together.</summary>
    public static NewSeeds Of(IReadOnlyList<Comparison> compared)
    {
        var unusual = compared.Count(c => c.Agreement == Agreement.Unusual);
        var runs = unusual + compared.Count(c => c.Agreement == Agreement.AsPredicted);
        return new NewSeeds(runs, unusual, unusual == 0 ? 1 : 1 - Binomial.CDF(1 - Interval.Level, runs, unusual - 1));
    }
}
