using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Whether a model answers rightly where its states showed much before the answers.</summary>
public static class AnswersAgainstBeliefs
{
    /// <summary>A point for each run: the accuracy after fine-tuning against the R² of a latent after the last layer,
    /// and Spearman's rho over all runs. The runs of a seed share a language, so its bootstrap interval draws
    /// seeds.</summary>
    /// <inheritdoc cref="BeliefsAtSeams.Of"/>
    public static Figure Of(IReadOnlyList<RunRecord> records, string latent = "polarity")
    {
        var runs = records.WithBeliefs(latent);
        var points = runs.Select(run => (run.Header.Arm, run.Header.Seed, X: run.Beliefs(latent)[^1].R2,
            Y: run.Measure(Answers.Accuracy))).ToList();
        IReadOnlyList<(double, double)>[] seeds =
            [.. points.GroupBy(p => p.Seed, (_, own) => (IReadOnlyList<(double, double)>)
                [.. own.Select(p => (p.X, p.Y))])];
        var means = points.GroupBy(p => p.Arm, (arm, own) => $"{arm} accuracy {Numbers.Text(own.Average(p => p.Y), 2)} "
            + $"at R² {Numbers.Text(own.Average(p => p.X), 2)}");
        return new Figure($"Accuracy against what the last layer shows of the {latent}",
            new Axis($"R² of the belief about the {latent}, before the answers"), new Axis(Answers.Accuracy),
            points.GroupBy(p => p.Arm, (arm, own) =>
                new Dots(arm, [.. own.Select(p => p.X)], [.. own.Select(p => p.Y)])),
            $"Spearman's rho of R² and accuracy is {Text(RankCorrelation.Of(seeds, seed: 0), seeds.Length)}; "
                + $"each point is one of {runs.Count} runs; means: {Numbers.Sentence(means)}").From(runs);
    }

    /// <summary>Few seeds have no interval.</summary>
    internal static string Text(Interval rho, int seeds) => seeds < 4 ? Numbers.Text(rho.Value, 2)
        : $"{rho.ToString("F2")}, 95 % bootstrap interval over {seeds} seeds";
}
