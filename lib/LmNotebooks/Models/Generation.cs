using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Models;

/// <summary>Text from any distribution, model or truth, one token at a time.</summary>
public static class Generation
{
    /// <summary>Draws <paramref name="count"/> tokens after <paramref name="prefix"/>; returns both.</summary>
    /// <param name="temperature">As in <see cref="Sampling.Temperature"/>.</param>
    /// <exception cref="ArgumentException">The temperature is not above 0.</exception>
    public static int[] Generate(this ISequenceDistribution distribution, IEnumerable<int> prefix, int count, int seed,
        double temperature = 1) =>
        distribution.Generate(prefix, count, seed, new Sampling { Temperature = temperature });

    /// <inheritdoc cref="Generate(ISequenceDistribution, IEnumerable{int}, int, int, double)"/>
    /// <exception cref="ArgumentException">A value of <paramref name="sampling"/> is impossible; one
    /// sentence.</exception>
    /// <param name="ends">Whether a text is at its end, so that no more is drawn; null for texts that have
    /// none.</param>
    public static int[] Generate(this ISequenceDistribution distribution, IEnumerable<int> prefix, int count, int seed,
        Sampling sampling,
        Func<IReadOnlyList<int>, bool>? ends = null)
    {
        sampling.Check();
        var random = new Xoshiro256StarStar(seed);
        var ids = prefix.ToList();
        if (count < 1 || ends?.Invoke(ids) == true) return [.. ids];
        var reading = Begin(distribution, ids);
        for (var i = 0; ; i++)
        {
            using var before = reading;
            ids.Add(Draw(sampling.Weights(reading.Next), random));
            if (i == count - 1 || ends?.Invoke(ids) == true) return [.. ids];
            reading = reading.Then(ids[^1]);
        }
    }

    /// <summary>Looks for the most probable <paramref name="count"/> tokens after <paramref name="prefix"/>, and
    /// returns both: of all continuations of the <paramref name="beams"/> most probable texts, so many are kept at each
    /// step. A text that is at its end stays among them as it is, while it is probable enough: the search is over when
    /// it is the most probable one, since longer texts only become less probable.</summary>
    /// <inheritdoc cref="Generate(ISequenceDistribution, IEnumerable{int}, int, int, Sampling,
    /// Func{IReadOnlyList{int}, bool})" path="/param[@name='ends']"/>
    /// <exception cref="ArgumentException">There is no beam.</exception>
    public static int[] BeamSearch(this ISequenceDistribution distribution, IReadOnlyList<int> prefix, int count,
        int beams,
        Func<IReadOnlyList<int>, bool>? ends = null)
    {
        if (beams < 1) throw new ArgumentException($"There are {beams} beams: it must be at least 1.");
        bool Ends(int[] text) => ends?.Invoke(text) == true;
        List<Beam> kept = [new(Ends([.. prefix]) ? null : Begin(distribution, prefix), [.. prefix], 0)];
        for (var i = 0; i < count && kept[0].Reading is not null; i++)
        {
            var before = kept;
            kept = [.. before.SelectMany(Continuations).OrderByDescending(next => next.LogProbability).Take(beams)
                .Select(next =>
                next.Word is not { } word ? next.Beam
                    : (int[])[.. next.Beam.Text, word] is var text && Ends(text)
                        ? new Beam(null, text, next.LogProbability)
                    : new Beam(next.Beam.Reading!.Then(word), text, next.LogProbability))];
            before.ForEach(b => b.Reading?.Dispose());
        }
        kept.ForEach(b => b.Reading?.Dispose());
        return kept[0].Text;
    }

    /// <summary>A text that a search keeps.</summary>
    /// <param name="Reading">Null of a text that is at its end.</param>
    private sealed record Beam(Reading? Reading, int[] Text, double LogProbability);

    /// <summary>A text with each possible word after it; one that is at its end stays as it is.</summary>
    private static IEnumerable<(Beam Beam, int? Word, double LogProbability)> Continuations(Beam beam) =>
        beam.Reading is null ? [(beam, null, beam.LogProbability)]
        : beam.Reading.Next.Select((p, word) => (beam, (int?)word, beam.LogProbability + Math.Log(p)))
            .Where(next => next.Item3 > double.NegativeInfinity);

    /// <summary>Reads the beginning of a text. A distribution that does not remember reads all anew at each
    /// token.</summary>
    private static Reading Begin(ISequenceDistribution distribution, IReadOnlyList<int> prefix) =>
        // a copy: the caller's text may grow
        distribution is IRemembering remembers ? remembers.Read(prefix) : new Anew(distribution, [.. prefix]);

    private sealed class Anew(ISequenceDistribution distribution, IReadOnlyList<int> text) : Reading
    {
        public override double[] Next { get; } = distribution.Next(text);
        public override Reading Then(int token) => new Anew(distribution, [.. text, token]);
    }

    private static int Draw(double[] weights, Xoshiro256StarStar random)
    {
        var left = random.NextDouble() * weights.Sum();
        var word = 0;
        while (word < weights.Length - 1 && (weights[word] == 0 || (left -= weights[word]) >= 0)) word++;
        return word;
    }
}
