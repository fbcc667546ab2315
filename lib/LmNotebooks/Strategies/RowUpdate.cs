using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Strategies;

/// <summary>A few steps of Adam on the vector of the new stem alone, with all else frozen: it makes the texts that have
/// the word as probable as it can without leaving the known words. The loss is that of the texts in nats, and that of
/// the vector itself, which is drawn as those of known stems are: half of the square of its deviation.</summary>
/// <param name="Steps">Each on all texts.</param>
/// <param name="Rate">Of the first step, in deviations of the known stems' vectors; it falls to 0 in a straight
/// line.</param>
public sealed record RowUpdate(int Steps = 60, double Rate = 0.3) : INewWordMethod
{
    private const double Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-8;

    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed) =>
        (stem, texts) => texts.Count == 0 ? new double[space.Deviations.Count] : Fit(space, stem, texts);

    internal double[] Fit(StemSpace space, Stem stem, IReadOnlyList<int[]> texts)
    {
        using var likelihood = new RowLikelihood(space, stem, texts);
        var places = new double[space.Deviations.Count];                  // in deviations of the known stems' vectors
        var (mean, square) = (new double[places.Length], new double[places.Length]);
        for (var step = 1; step <= Steps; step++)
        {
            var gradient = likelihood.Gradient(places);
            var rate = Rate * (1 - (step - 1.0) / Steps);
            for (var c = 0; c < places.Length; c++)
            {
                mean[c] = Beta1 * mean[c] + (1 - Beta1) * gradient[c];
                square[c] = Beta2 * square[c] + (1 - Beta2) * gradient[c] * gradient[c];
                places[c] -= rate * mean[c] / (1 - Math.Pow(Beta1, step))
                    / (Math.Sqrt(square[c] / (1 - Math.Pow(Beta2, step))) + Epsilon);
            }
        }
        return [.. places.Zip(space.Deviations, (x, deviation) => x * deviation)];
    }
}
