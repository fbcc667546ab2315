using System.Globalization;
using LmNotebooks.Languages;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>Whether an attribute can be read from vectors: how often a vector's nearest other one, by cosine, has the
/// same label.</summary>
/// <param name="Accuracy">The share of vectors for which it has.</param>
/// <param name="Chance">The mean over all ways to deal out the same labels, exactly, and the interval in which 95 % of
/// 1000 random ones lie.</param>
public sealed record NearestNeighbour(double Accuracy, Interval Chance)
{
    private const int Permutations = 1000;

    /// <summary>The accuracy, and where it would lie at random.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{100 * Accuracy:F0} % ({100 * Chance.Low:F0} % to {100 * Chance.High:F0} % at random)");

    /// <summary>Of the vectors of stems, with what is said of each as its label.</summary>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static NearestNeighbour Of(IReadOnlyList<(Stem Stem, double[] Vector)> stems, Func<Stem, int> label) =>
        Of([.. stems.Select(s => s.Vector)], [.. stems.Select(s => label(s.Stem))]);

    /// <exception cref="ArgumentException">There are fewer than two vectors, or not as many labels.</exception>
    public static NearestNeighbour Of<TLabel>(IReadOnlyList<double[]> vectors, IReadOnlyList<TLabel> labels)
        where TLabel : notnull
    {
        var n = vectors.Count;
        if (n < 2 || labels.Count != n)
            throw new ArgumentException($"There are {n} vectors and {labels.Count} labels: give two vectors or more, "
                + "and a label for each.");
        var units = vectors.Select(v => Vector<double>.Build.Dense(v).Normalize(2)).ToList();
        var nearest = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Where(j => j != i)
            .MaxBy(j => units[i] * units[j])).ToList();
        double Share(IReadOnlyList<TLabel> dealt) => nearest.Where((j, i) => Equals(dealt[i], dealt[j]))
            .Count() / (double)n;
        var random = new Xoshiro256StarStar(0);
        var shuffled = labels.ToArray();
        var shares = new double[Permutations];
        for (var k = 0; k < Permutations; k++)
        {
            random.Shuffle(shuffled);
            shares[k] = Share(shuffled);
        }
        var pairs = labels.CountBy(label => label).Sum(c => (double)c.Value * (c.Value - 1));
        return new NearestNeighbour(Share(labels),
            new Interval(pairs / n / (n - 1), shares.Quantile(0.025), shares.Quantile(0.975)));
    }
}
