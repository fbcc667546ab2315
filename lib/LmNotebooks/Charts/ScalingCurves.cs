using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;
using MathNet.Numerics;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy of the language against what a model costs: a line for each family of
/// models. Both axes are logarithmic where every model is above the truth: a straight line is a power law.</summary>
public static class ScalingCurves
{
    /// <param name="cost">What is paid, in the plural and with its unit if it has one: "parameters", "tokens", "FLOPs",
    /// "seconds of training".</param>
    /// <param name="models">Each with its family, its cost and its excess in nats per token, mean over the seeds with
    /// its 95 % interval.</param>
    /// <exception cref="ArgumentException">There is no model, or a cost is not above 0.</exception>
    public static Figure Of(string cost, params IEnumerable<(string Family, string Name, double Cost,
        Spread Excess)> models)
    {
        var all = models.Select(m => (m.Family, (string?)m.Name, m.Cost, m.Excess)).ToList();
        var log = all.All(m => m.Excess.Value > 0 && m.Excess.Few.All(value => value > 0));
        if (log) all = [.. all.Select(m => m with { Excess = AboveZero(m.Excess) })];
        return MeasuredCurves.Of(new Axis(cost, Log: true), new Axis("excess (nats per token)", Log: log),
            log ? null : new Reference("0: the truth", 0, Below: true), all, log ? Slopes(cost, all) : "");
    }

    /// <summary>A logarithmic axis has no place for an end at 0 or below.</summary>
    private static Spread AboveZero(Spread excess) =>
        excess.Low > 0 ? excess : excess with { Low = double.NegativeInfinity };

    /// <summary>What a straight line through the logarithms says of each family of three models or more.</summary>
    private static string Slopes(string cost, IReadOnlyList<(string Family, string? Name, double Cost,
        Spread Excess)> all)
    {
        var slopes = all.Where(m => m.Cost > 0).GroupBy(m => m.Family)
            .Where(own => own.Select(m => m.Cost).Distinct().Count() >= 3).Select(own => (own.Key,
            Factor: Math.Pow(2, Fit.Line([.. own.Select(m => Math.Log(m.Cost))],
                [.. own.Select(m => Math.Log(m.Excess.Value))]).B))).ToList();
        if (slopes.Count == 0 && all.Count > 0 && all.MinBy(m => m.Excess.Value) is var (family, name, _, excess))
            return $"{(name is { Length: > 0 } ? name : family)} is closest to the truth, {excess} nats per token "
                + "above it; ";
        return slopes.Count == 0 ? "" : $"A doubling of the {cost} multiplies the excess by "
            + string.Join(", ", slopes.Select(s => Numbers.Text(s.Factor, 2)
                + (slopes.Count > 1 ? $" ({s.Key})" : ""))) + "; ";
    }

    /// <summary>Of each arm the excess against the words that its last stage has read: the mean over the seeds with its
    /// t-interval, at the evaluations that all of them have. A run of one stage counts whole.</summary>
    /// <exception cref="ArgumentException">No test run has trained.</exception>
    public static Figure SinceLastStage(IEnumerable<RunRecord> records) => Of("words since the last stage began",
        from arm in records.ByArm()
        let runs = arm.Select(LastStage).ToList()
        from at in Enumerable.Range(0, runs.Min(run => run.Count))
        select (arm.Key, "", runs.Average(run => run[at].Words),
            Spread.OverSeeds([.. runs.Select(run => run[at].Excess)]))).From(records);

    /// <remarks>An earlier stage can have the name of the last one.</remarks>
    private static List<(double Words, double Excess)> LastStage(RunRecord run)
    {
        var before = run.BeforeLastStage?.Tokens ?? 0;
        return [.. from e in run.Events
            where e.Stage == run.Events[^1].Stage && e.Tokens > before
            select ((double)e.Tokens - before, e.TestLoss - run.Measure(Experiment.Floor))];
    }
}
