using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>Whether two tasks pull the parameters that they share in the same direction: the cosine of their expected
/// gradients, 1 the same, -1 the opposite. The cosine of two measured gradients is too near 0, since their noise
/// lengthens them; products of different batches have no noise in common, and their mean is that of the expected
/// gradients, E[g.h] / sqrt(E[g.g] E[h.h]).</summary>
/// <remarks>It is an estimate without bounds: it can lie beyond -1 and 1. Before training all questions agree in one
/// thing, that the answers are not yet given as often as they are right; what else they ask shows only after
/// that.</remarks>
public static class GradientCosine
{
    private const int Resamples = 1000;

    /// <summary>Of two tasks, with a 95 % percentile bootstrap interval that draws batches anew. Products within one
    /// batch are left out, also those of two tasks, which can be about the same texts. Where a resample has no cosine
    /// any could be it, so that an interval of such alone is -1 to 1. With fewer than eight
    /// batches it is rough.</summary>
    /// <param name="task">Number of a task, and <paramref name="other"/> that of another one.</param>
    /// <returns>NaN where the estimate of a squared length is not positive: near convergence gradients are as good as
    /// nothing but noise, and have no direction that a few batches could tell.</returns>
    public static Interval Of(GradientProducts gradients, int task, int other, int seed)
    {
        var random = new Xoshiro256StarStar(seed);
        var drawn = new List<double>();
        while (drawn.Count < Resamples)
        {
            var times = new int[gradients.Batches];
            for (var k = 0; k < times.Length; k++) times[random.Next(times.Length)]++;
            // one batch alone has no product with another
            if (times.Count(t => t > 0) > 1) drawn.Add(Cosine(gradients, task, other, times));
        }
        double End(double probability, double any) =>
            drawn.Select(cosine => double.IsNaN(cosine) ? any : cosine).Quantile(probability);
        return new Interval(Cosine(gradients, task, other, [.. Enumerable.Repeat(1, gradients.Batches)]),
            End(0.025, -1), End(0.975, 1));
    }

    /// <param name="times">How often each batch counts.</param>
    private static double Cosine(GradientProducts gradients, int task, int other, int[] times)
    {
        var (own, others) = (Sum(gradients, task, task, times), Sum(gradients, other, other, times));
        // the number of pairs is the same in all three, and cancels
        return own > 0 && others > 0
            ? Sum(gradients, task, other, times) / Math.Sqrt(own) / Math.Sqrt(others) : double.NaN;
    }

    /// <summary>Over all pairs of different batches.</summary>
    private static double Sum(GradientProducts gradients, int task, int other, int[] times)
    {
        var sum = 0.0;
        for (var a = 0; a < times.Length; a++)
            for (var b = 0; b < times.Length; b++)
                if (a != b) sum += times[a] * times[b] * gradients[task, a, other, b];
        return sum;
    }
}
