using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy against what the training has cost so far, the mean over the seeds of each arm.</summary>
public static class ExcessAgainstFlops
{
    /// <exception cref="ArgumentException">There is no finished run of an arm that trains.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records)
    {
        var arms = LearningCurve.Of(records);
        var curves = arms.Where(a => a.IsTrained).Select(a => ExcessBands.ToLine(a, p => p.Flops / 1e12)).ToList();
        return new Figure("Excess over the entropy of the language against training compute", new Axis("training so far (10¹² FLOPs)", Log: true),
            ExcessBands.ToAxis(arms), [.. ExcessBands.Levels(arms), .. curves], "Nats per token above the truth: " + Numbers.Sentence(
                curves.OrderBy(c => c.Y[^1]).Select(c => FormattableString.Invariant($"{c.Name} {c.Y[^1]:F3} after {c.X[^1]:G3} x 10¹² FLOPs"))));
    }
}
