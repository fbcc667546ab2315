using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy against what the training has cost so far, the mean over the seeds of each
/// arm.</summary>
public static class ExcessAgainstFlops
{
    /// <exception cref="ArgumentException">There is no finished run of an arm that trains.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records) =>
        All(LearningCurve.Of(records), "Excess over the entropy of the language against training compute")
            .From(records);

    /// <summary>Beside all FLOPs, those that had to follow each other. Parts that do not need each other can train at
    /// the same time: that shortens the critical path, and saves nothing.</summary>
    /// <exception cref="ArgumentException">There is no finished run of an arm that trains.</exception>
    public static FigurePair BesideCriticalPath(IReadOnlyList<RunRecord> records)
    {
        var arms = LearningCurve.Of(records);
        return new FigurePair(All(arms, "Excess against training compute"), Of(arms, "Excess against its critical path",
            "critical path so far (10¹² FLOPs)", "FLOPs of critical path", p => p.CriticalPathFlops)).From(records);
    }

    private static Figure All(IReadOnlyList<LearningCurve> arms, string title) =>
        Of(arms, title, "training so far (10¹² FLOPs)", "FLOPs", p => p.Flops);

    private static Figure Of(IReadOnlyList<LearningCurve> arms, string title, string axis, string unit,
        Func<LearningPoint, double> flops)
    {
        var curves = arms.Where(a => a.IsTrained).Select(a => ExcessBands.ToLine(a, p => flops(p) / 1e12)).ToList();
        return new Figure(title, new Axis(axis, Log: true), ExcessBands.ToAxis(arms),
            [.. ExcessBands.Levels(arms), .. curves],
            Numbers.Sentence(curves.OrderBy(c => c.Y[^1]).Select((c, i) => i == 0
                ? FormattableString.Invariant($"{c.Name} ends closest to the truth, {c.Y[^1]:F3} nats per token ")
                    + FormattableString.Invariant($"above it, after {c.X[^1]:G3} x 10¹² {unit}")
                : FormattableString.Invariant($"{c.Name} {c.Y[^1]:F3} after {c.X[^1]:G3} x 10¹²"))));
    }
}
