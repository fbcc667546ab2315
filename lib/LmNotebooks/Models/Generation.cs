using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Models;

/// <summary>Text from any distribution, model or truth, one token at a time.</summary>
public static class Generation
{
    /// <summary>Draws <paramref name="count"/> tokens after <paramref name="prefix"/>; returns both.</summary>
    /// <param name="temperature">As in <see cref="Sampling.Temperature"/>.</param>
    /// <exception cref="ArgumentException">The temperature is not above 0.</exception>
    public static int[] Generate(this ISequenceDistribution distribution, IEnumerable<int> prefix, int count, int seed, double temperature = 1) =>
        distribution.Generate(prefix, count, seed, new Sampling { Temperature = temperature });

    /// <inheritdoc cref="Generate(ISequenceDistribution, IEnumerable{int}, int, int, double)"/>
    /// <exception cref="ArgumentException">A value of <paramref name="sampling"/> is impossible; one sentence.</exception>
    public static int[] Generate(this ISequenceDistribution distribution, IEnumerable<int> prefix, int count, int seed, Sampling sampling)
    {
        sampling.Check();
        var random = new Xoshiro256StarStar(seed);
        var ids = prefix.ToList();
        if (count < 1) return [.. ids];
        var reading = Reading.Of(distribution, ids);
        for (var i = 0; ; i++)
        {
            using var before = reading;
            ids.Add(Draw(sampling.Weights(reading.Next), random));
            if (i == count - 1) return [.. ids];
            reading = reading.Then(ids[^1]);
        }
    }

    /// <summary>Looks for the most probable <paramref name="count"/> tokens after <paramref name="prefix"/>, and returns both: of all
    /// continuations of the <paramref name="beams"/> most probable texts, so many are kept at each step.</summary>
    /// <exception cref="ArgumentException">There is no beam.</exception>
    public static int[] BeamSearch(this ISequenceDistribution distribution, IReadOnlyList<int> prefix, int count, int beams)
    {
        if (beams < 1) throw new ArgumentException($"There are {beams} beams: it must be at least 1.");
        List<(Reading Reading, int[] Text, double LogProbability)> kept = [(Reading.Of(distribution, prefix), [.. prefix], 0)];
        for (var i = 0; i < count; i++)
        {
            var before = kept;
            kept = [.. before.SelectMany(b => b.Reading.Next.Select((p, word) => (Beam: b, Word: word, LogProbability: b.LogProbability + Math.Log(p))))
                .OrderByDescending(next => next.LogProbability).Take(beams)
                .Select(next => (next.Beam.Reading.Then(next.Word), (int[])[.. next.Beam.Text, next.Word], next.LogProbability))];
            before.ForEach(b => b.Reading.Dispose());
        }
        kept.ForEach(b => b.Reading.Dispose());
        return kept[0].Text;
    }

    private static int Draw(double[] weights, Xoshiro256StarStar random)
    {
        var left = random.NextDouble() * weights.Sum();
        var word = 0;
        while (word < weights.Length - 1 && (weights[word] == 0 || (left -= weights[word]) >= 0)) word++;
        return word;
    }
}
