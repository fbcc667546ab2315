using LmNotebooks.Languages;
using LmNotebooks.Questions;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LmNotebooks.Models;

/// <summary>Logistic regression on which words a text has (Pang et al. 2002): each word has a weight, and another one
/// after a negation. It answers a question with two answers.</summary>
public sealed class BagOfWords : IConditionalDistribution
{
    private const int Steps = 15, Folds = 4;
    private const double Still = 1e-10;
    private static readonly double[] Penalties = [0.1, 0.3, 1, 3, 10];

    private readonly int vocabulary, negation;
    private readonly IReadOnlyDictionary<int, double> weights;      // of each feature that was seen

    private BagOfWords(int vocabulary, int negation, IReadOnlyDictionary<int, double> weights) =>
        (this.vocabulary, this.negation, this.weights) = (vocabulary, negation, weights);

    /// <summary>Number of answers.</summary>
    public int Vocabulary => 2;

    /// <summary>Number of weights.</summary>
    public int Parameters => weights.Count;

    /// <summary>The most probable weights, whose prior is normal; how narrow it is is chosen by cross-validation among
    /// the answers themselves.</summary>
    /// <param name="vocabulary">Number of token ids of the texts.</param>
    /// <param name="negation">Id of the word that turns the next one around.</param>
    public static BagOfWords Fit(IReadOnlyList<Example> answered, int vocabulary, int negation)
    {
        var penalty = answered.Count < 2 ? 1 : Penalties.MinBy(penalty => Enumerable.Range(0, Folds).Sum(fold =>
        {
            bool Left(int n) => n % Folds == fold;
            var rest = Fit([.. answered.Where((_, n) => !Left(n))], vocabulary, negation, penalty);
            return -rest.LogProbabilities([.. answered.Where((_, n) => Left(n))]).Sum(logs => logs[0]);
        }));
        return Fit(answered, vocabulary, negation, penalty);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Select(e => OneWord.Logs(e.Target, Logs(e.Source)))];

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
        OneWord.Next(prefix, () => [.. Logs(source).Select(Math.Exp)]);

    /// <summary>Newton's method on one number for each text, of which the weights are sums: there are fewer texts than
    /// words.</summary>
    private static BagOfWords Fit(IReadOnlyList<Example> answered, int vocabulary, int negation, double penalty)
    {
        var counts = answered.Select(e => Features(e.Source, vocabulary, negation)).ToList();
        var right = Vector<double>.Build.Dense(answered.Count, n => answered[n].Target[0]);
        var kernel = Matrix<double>.Build.Dense(answered.Count, answered.Count, (a, b) =>
            counts[a].Sum(f => f.Value * counts[b].GetValueOrDefault(f.Key)));
        var (alpha, moved) = (Vector<double>.Build.Dense(answered.Count), double.PositiveInfinity);
        for (var step = 0; step < Steps && moved > Still; step++)
        {
            var scores = kernel * alpha;
            var p = scores.Map(SpecialFunctions.Logistic);
            var curvature = p.PointwiseMultiply(1 - p);
            var system = Matrix<double>.Build.DiagonalOfDiagonalVector(curvature) * kernel;
            for (var n = 0; n < answered.Count; n++) system[n, n] += penalty;
            var next = system.Solve(curvature.PointwiseMultiply(scores) + right - p);
            (alpha, moved) = (next, (next - alpha).InfinityNorm());
        }
        var weights = new SortedDictionary<int, double>();
        foreach (var (features, n) in counts.Select((f, n) => (f, n)))
            foreach (var (feature, count) in features)
                weights[feature] = weights.GetValueOrDefault(feature) + alpha[n] * count;
        return new BagOfWords(vocabulary, negation, weights);
    }

    private double[] Logs(IReadOnlyList<int> text)
    {
        var score = Features(text, vocabulary, negation).Sum(f => f.Value * weights.GetValueOrDefault(f.Key));
        static double LogLogistic(double x) => x < 0 ? x - double.LogP1(Math.Exp(x)) : -double.LogP1(Math.Exp(-x));
        return [LogLogistic(-score), LogLogistic(score)];
    }

    /// <summary>How often a text has each word, and each word after a negation; and 1, for what all texts
    /// have.</summary>
    private static Dictionary<int, double> Features(IReadOnlyList<int> text, int vocabulary, int negation)
    {
        var features = new Dictionary<int, double> { [2 * vocabulary] = 1 };
        for (var t = 0; t < text.Count; t++)
        {
            var feature = t > 0 && text[t - 1] == negation ? vocabulary + text[t] : text[t];
            features[feature] = features.GetValueOrDefault(feature) + 1;
        }
        return features;
    }
}
