using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Measures;

/// <summary>The gap between knowing nothing, the uniform distribution with its loss of ln V, and knowing all, the
/// entropy of the language: how much there is to learn, in nats per token.</summary>
public static class UniformGap
{
    /// <summary>The share of the gap that a loss has closed, (ln V - loss) / (ln V - entropy): 0 is uniform, 1 the
    /// truth, and a model that is worse than uniform is below 0. Times 100 it is the per cent of the way. Much of the
    /// way is cheap: on the base language a bigram model closes more than three quarters of the gap.</summary>
    /// <param name="loss">Nats per token.</param>
    /// <param name="entropy">Nats per token.</param>
    /// <param name="vocabulary">Number of token ids, V.</param>
    /// <exception cref="ArgumentException">The entropy is not below ln V.</exception>
    public static double Closed(double loss, double entropy, int vocabulary) =>
        entropy < Math.Log(vocabulary) ? (Math.Log(vocabulary) - loss) / (Math.Log(vocabulary) - entropy)
        : throw new ArgumentException(FormattableString.Invariant($"An entropy of {entropy:F2} is not below ln ")
            + FormattableString.Invariant($"{vocabulary} = {Math.Log(vocabulary):F2}: there is no gap to close. Give ")
            + "both in nats per token.");

    /// <summary>The share of the gap that a model has closed on the test texts, whose own entropy is the end of the
    /// way, with a 95 % interval over them.</summary>
    public static Interval Closed(IDistribution truth, IDistribution model, Dataset data)
    {
        var uniform = Math.Log(data.Vocabulary);
        double Gained(double[] logs) => logs.Sum() + logs.Length * uniform;
        return Bootstrap.OfRatio([.. data.LogProbabilities(model).Zip(data.LogProbabilities(truth), (m, p) =>
            (Gained(m), Gained(p)))], seed: 0);
    }
}
