using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>How the log-probabilities of a model go with the true ones, token by token.</summary>
/// <param name="Truth">ln P*(x_t | x_1 .. x_{t-1}) of each token, in nats.</param>
/// <param name="Model">What the model says of the same tokens, in nats.</param>
public sealed record ProbabilityFit(IReadOnlyList<double> Truth, IReadOnlyList<double> Model)
{
    /// <summary>R² about the diagonal, 1 - sum (ln P* - ln M)² / sum (ln P* - mean)²: the share of the variance of the
    /// true log-probabilities that the model's explain as they stand. No line is fitted, so that a model pays for being
    /// too sure; 1 is the truth, and one that is worse than a constant is below 0.</summary>
    public double R2 => GoodnessOfFit.CoefficientOfDetermination(Model, Truth);

    /// <summary>Spearman's rank correlation, -1 to 1: whether the model finds likelier what is likelier, however sure
    /// it is. NaN where it finds all tokens equally likely.</summary>
    public double Rho => Correlation.Spearman(Truth, Model);

    /// <summary>Of all tokens of the test texts.</summary>
    /// <exception cref="ArgumentException">A token has probability 0.</exception>
    public static ProbabilityFit Of(IDistribution truth, IDistribution model, Dataset data) =>
        new(Logs(truth, "the truth", data), Logs(model, "the model", data));

    private static double[] Logs(IDistribution distribution, string name, Dataset data)
    {
        double[] logs = [.. data.LogProbabilities(distribution).SelectMany(d => d)];
        return logs.All(double.IsFinite) ? logs : throw new ArgumentException(
            $"A token of the test texts has probability 0 in {name}: its logarithm cannot be compared. Take texts of "
            + "the language, and a model that rules none of them out.");
    }
}
