using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>The percentile bootstrap (Efron 1979): how an estimate varies when the units it was made from are drawn
/// anew, with replacement. The unit must be independent of the others: a document, not a token. With fewer than some
/// twenty units the interval is too narrow.</summary>
public static class Bootstrap
{
    private const int Resamples = 1000;

    /// <summary>Ratio of two sums over units, with a 95 % interval; where every count is one, a mean.</summary>
    public static Interval OfRatio(IReadOnlyList<(double Sum, double Count)> units, int seed)
    {
        var random = new Xoshiro256StarStar(seed);
        var ratios = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var (sum, count) = (0.0, 0.0);
            for (var k = 0; k < units.Count; k++)
            {
                var unit = units[random.Next(units.Count)];
                (sum, count) = (sum + unit.Sum, count + unit.Count);
            }
            ratios[i] = sum / count;
        }
        return new Interval(units.Sum(u => u.Sum) / units.Sum(u => u.Count), ratios.Quantile(0.025),
            ratios.Quantile(0.975));
    }
}
