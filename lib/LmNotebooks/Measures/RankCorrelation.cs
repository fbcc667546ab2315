using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>Whether one quantity grows with another, along whatever curve: Spearman's rank correlation (1904), -1 to
/// 1.</summary>
public static class RankCorrelation
{
    private const int Resamples = 1000;

    /// <summary>Of all pairs together, with a 95 % percentile bootstrap interval that draws whole groups anew: the
    /// groups are independent, and pairs within one need not be. Of few groups the interval is too narrow.</summary>
    /// <param name="groups">Each with its pairs.</param>
    /// <returns>NaN where one of the quantities is the same in all pairs.</returns>
    public static Interval Of(IReadOnlyList<IReadOnlyList<(double X, double Y)>> groups, int seed)
    {
        var random = new Xoshiro256StarStar(seed);
        // a resample in which one quantity does not vary says nothing
        double[] drawn = [.. Enumerable.Range(0, Resamples)
            .Select(_ => Rho([.. groups.SelectMany(_ => groups[random.Next(groups.Count)])])).Where(double.IsFinite)];
        return new Interval(Rho([.. groups.SelectMany(g => g)]), drawn.Quantile(0.025), drawn.Quantile(0.975));
    }

    private static double Rho(IReadOnlyList<(double X, double Y)> pairs) =>
        Correlation.Spearman(pairs.Select(p => p.X), pairs.Select(p => p.Y));
}
