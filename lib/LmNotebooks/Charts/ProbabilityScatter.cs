using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Tokens;
using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace LmNotebooks.Charts;

/// <summary>The log-probability that a model gives to each token of the test texts, against the true one. On the
/// diagonal it is the truth; below it the model is surprised by what should not surprise.</summary>
public static class ProbabilityScatter
{
    private const int Most = 1000;   // points that can still be told apart

    /// <exception cref="ArgumentException">A token has probability 0.</exception>
    public static Figure Of(IDistribution truth, IDistribution model, Dataset data)
    {
        var fit = ProbabilityFit.Of(truth, model, data);
        // At random: every n-th token of texts of one length would be those of few positions.
        var drawn = Combinatorics.GenerateCombination(fit.Truth.Count, Math.Min(Most, fit.Truth.Count),
            new Xoshiro256StarStar(0));
        double[] Drawn(IReadOnlyList<double> logs) => [.. logs.Where((_, token) => drawn[token])];
        var dots = new Dots("token", Drawn(fit.Truth), Drawn(fit.Model));
        double[] diagonal = [dots.X.Concat(dots.Y).Min(), 0];
        return new Figure("Log-probability of each token, in the model and in truth",
            new Axis("true log-probability (nats)"), new Axis("model's log-probability (nats)"),
            [dots, new Line("as in truth", diagonal, diagonal, Bare: true)],
            $"Over {fit.Truth.Count} tokens, {dots.X.Count} of them drawn: R² about the diagonal "
                + $"{Numbers.Text(fit.R2, 3)}, Spearman's rho {Numbers.Text(fit.Rho, 3)}.");
    }
}
