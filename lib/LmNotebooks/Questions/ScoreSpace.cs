using LmNotebooks.Languages;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;

namespace LmNotebooks.Questions;

/// <summary>Scores of the valenced stems of a language, as vectors of one number a stem; the stems weigh by their
/// frequency. Vectors have the length one: the frequency-weighted mean of the squares is 1.</summary>
internal sealed class ScoreSpace
{
    private const int Draws = 400;
    private const double Least = 0.01;      // a smaller score is none

    private readonly Vector<double> frequency;      // sums to 1
    private readonly IReadOnlyList<Vector<double>> balance;

    /// <exception cref="ArgumentException">Documents may end within a sentence, where expected scores are not
    /// exact.</exception>
    public ScoreSpace(Lingua language)
    {
        if (language.Knobs.Tokens > 0)
            throw new ArgumentException("A sign is asked of whole sentences: Tokens must be 0, so that none is cut.");
        var (lexicon, counts) = (language.Lexicon, new ExpectedCounts(language.Knobs, language.Lexicon));
        var valenced = lexicon.Stems.SelectMany(s => s.Value.Select((stem, i) => (Stem: stem, Index: i)))
            .Where(s => s.Stem.Valence != 0).ToList();
        Stems = [.. valenced.Select(s => s.Stem)];
        Valence = Of(Stems.Select(s => (double)s.Valence));
        var latents = lexicon.Latents;
        Vector<double> Counts(int z, double negated) =>
            Of(valenced.Select(s => counts.Of(s.Stem.Slot, s.Index, z, negated)));
        Vector<double> Mean(IEnumerable<int> causes, double negated) =>
            causes.Select(z => Counts(z, negated)).Aggregate((a, b) => a + b) / causes.Count();
        var all = Enumerable.Range(0, latents.Length);
        frequency = Mean(all, 1);
        frequency /= frequency.Sum();
        balance =
        [
            frequency.PointwiseMultiply(Valence),
            .. Enum.GetValues<Latent>().SelectMany(which => all.GroupBy(z => latents[z].Value(which)))
                .Select(z => Mean(z, -1)),
        ];
    }

    public IReadOnlyList<Stem> Stems { get; }

    /// <summary>The valence that the distribution of the stems shows: 1 or -1.</summary>
    public Vector<double> Valence { get; }

    /// <summary>Scores that leave no trace in the distribution of the words: the expected score of a sentence is 0
    /// whatever the value of any one latent, and the valence agrees with one half of the weight. Of many such vectors
    /// the one whose least score is largest.</summary>
    /// <param name="others">Vectors with which the correlation is to be 0.</param>
    /// <exception cref="ArgumentException">There are too few stems for that.</exception>
    public Vector<double> Balanced(int seed, params IEnumerable<Vector<double>> others)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        IEnumerable<Vector<double>> conditions = [.. balance, .. others.Select(frequency.PointwiseMultiply)];
        var free = Matrix<double>.Build.DenseOfRowVectors(conditions).Kernel();
        var best = Enumerable.Range(0, Draws).Select(_ => Of(Stems.Select(_ => random.Next(2) * 2.0 - 1)))
            .Select(signs => free.Aggregate(signs * 0, (sum, axis) => sum + axis * axis.DotProduct(signs)))
            .Select(Unit).MaxBy(scores => scores.AbsoluteMinimum())!;
        return best.AbsoluteMinimum() >= Least ? best : throw new ArgumentException(
            $"This language has {Stems.Count} valenced stems: too few for scores that are balanced over all causes.");
    }

    /// <summary>Scores of which a given share agrees with the valence; with one half they are balanced.</summary>
    public Vector<double> Agreeing(double share, int seed)
    {
        var (free, bound, low, high) = (Balanced(seed), share < 0.5 ? -Valence : Valence, 0.0, 1.0);
        Vector<double> Mix(double part) => Unit(free * (1 - part) + bound * part);
        var wanted = Math.Abs(share - 0.5);
        if (wanted == 0.5) return bound;
        if (wanted == 0) return free;
        while ((low + high) / 2 is var middle && middle > low && middle < high)
            if (Math.Abs(Agreement(Mix(middle)) - 0.5) < wanted) low = middle;
            else high = middle;
        return Mix(low);
    }

    /// <summary>Share of the weight, frequency times size of score, on stems whose score has the sign of their
    /// valence.</summary>
    public double Agreement(Vector<double> scores)
    {
        var weights = frequency.PointwiseMultiply(scores.PointwiseAbs());
        return (1 + weights.DotProduct(scores.PointwiseSign().PointwiseMultiply(Valence)) / weights.Sum()) / 2;
    }

    /// <summary>Frequency-weighted correlation, about 0 since the sign is.</summary>
    public double Correlation(Vector<double> a, Vector<double> b) => frequency.PointwiseMultiply(a).DotProduct(b);

    private Vector<double> Unit(Vector<double> scores) =>
        scores / Math.Max(double.Epsilon, Math.Sqrt(Correlation(scores, scores)));

    private static Vector<double> Of(IEnumerable<double> values) => Vector<double>.Build.DenseOfEnumerable(values);
}
