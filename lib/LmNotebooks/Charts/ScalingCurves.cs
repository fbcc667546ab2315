using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;
using MathNet.Numerics;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy of the language against what a model costs: a line for each family of
/// models. Both axes are logarithmic where every model is above the truth: a straight line is a power law, and a thin
/// one is fitted to each family of three models or more. A few things that are counted, such as layers, stand on plain
/// axes.</summary>
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
        return Draw(cost, all, Above(all) && !Counted(all) ? Laws(all) : []);
    }

    private static Figure Draw(string cost, List<(string Family, string? Name, double Cost, Spread Excess)> all,
        IReadOnlyList<Law> laws)
    {
        var counted = Counted(all);
        var log = Above(all) && !counted;
        if (log) all = [.. all.Select(m => m with { Excess = AboveZero(m.Excess) })];
        return MeasuredCurves.Of(new Axis(cost, Log: !counted, Whole: counted),
            new Axis("excess (nats per token)", Log: log),
            [.. log ? [] : (Mark[])[new Reference("0: the truth", 0, Below: true)], .. laws.Select(ToLine)], all,
            laws.Count > 0 ? Slopes(cost, laws) : Closest(cost, all));
    }

    private static bool Above(IEnumerable<(string, string?, double, Spread Excess)> all) =>
        all.All(m => m.Excess.Value > 0 && m.Excess.Few.All(value => value > 0));

    /// <summary>A few whole numbers without a gap.</summary>
    private static bool Counted(IEnumerable<(string, string?, double Cost, Spread)> all)
    {
        var costs = all.Select(m => m.Cost).Distinct().Order().ToList();
        return costs.Count is > 1 and < 12 && costs[0] >= 1 && double.IsInteger(costs[0])
            && costs.Index().All(c => c.Item == costs[0] + c.Index);
    }

    /// <summary>The arms of an experiment, with the mean over the seeds of cost and excess.</summary>
    /// <param name="cost">A measure of the runs, as <see cref="TestRuns.Measures"/> names it: "parameters", "tokens",
    /// "seconds".</param>
    /// <param name="family">Of all arms; null where the name of an arm begins with it, before a comma.</param>
    /// <inheritdoc cref="Of"/>
    public static Figure OverSeeds(string cost, IEnumerable<RunRecord> records, string? family = null) =>
        Of(cost, records.ByArm().Select(arm => (family ?? arm.Key.Split(',')[0], arm.Key, arm.Mean(cost),
            arm.Interval(Experiment.Excess)))).From(records);

    /// <summary>A logarithmic axis has no place for an end at 0 or below.</summary>
    private static Spread AboveZero(Spread excess) =>
        excess.Low > 0 ? excess : excess with { Low = double.NegativeInfinity };

    /// <summary>A straight line through the logarithms of a family.</summary>
    private sealed record Law(string Family, double Least, double Most, double Intercept, double Slope);

    private static IReadOnlyList<Law> Laws(IEnumerable<(string Family, string?, double Cost, Spread Excess)> all) =>
        [.. from own in all.Where(m => m.Cost > 0).GroupBy(m => m.Family)
            where own.Select(m => m.Cost).Distinct().Count() >= 3
            let line = Fit.Line([.. own.Select(m => Math.Log(m.Cost))],
                [.. own.Select(m => Math.Log(m.Excess.Value))])
            select new Law(own.Key, own.Min(m => m.Cost), own.Max(m => m.Cost), line.A, line.B)];

    private static Line ToLine(Law law)
    {
        double[] ends = [law.Least, law.Most];
        return new Line("fitted power law", ends,
            [.. ends.Select(cost => Math.Exp(law.Intercept) * Math.Pow(cost, law.Slope))], Bare: true)
            { Family = law.Family };
    }

    private static string Slopes(string cost, IReadOnlyList<Law> laws) =>
        $"A doubling of the {cost} multiplies the excess by " + string.Join(", ", laws.Select(law =>
            Numbers.Text(Math.Pow(2, law.Slope), 2) + (laws.Count > 1 ? $" ({law.Family})" : ""))) + "; ";

    private static string Closest(string cost,
        IReadOnlyList<(string Family, string? Name, double Cost, Spread Excess)> all)
    {
        if (all.Count == 0) return "";
        var (family, name, paid, excess) = all.MinBy(m => m.Excess.Value);
        return $"{(name is { Length: > 0 } ? name : family)} is closest to the truth, {excess} nats per token above it"
            + (name is { Length: > 0 } ? "; " : $" at {Numbers.Tick(paid)} {cost}; ");
    }

    /// <summary>Of each arm the excess against the words that its last stage has read: the mean over the seeds with its
    /// t-interval, at the evaluations that all of them have. A run of one stage counts whole.</summary>
    /// <exception cref="ArgumentException">No test run has trained.</exception>
    public static Figure SinceLastStage(IEnumerable<RunRecord> records) => Draw("words since the last stage began",
        [.. from arm in records.ByArm()
        let runs = arm.Select(LastStage).ToList()
        from at in Enumerable.Range(0, runs.Min(run => run.Count))
        select (arm.Key, (string?)"", runs.Average(run => run[at].Words),
            Spread.OverSeeds([.. runs.Select(run => run[at].Excess)]))], []).From(records);

    /// <remarks>An earlier stage can have the name of the last one.</remarks>
    private static List<(double Words, double Excess)> LastStage(RunRecord run)
    {
        var before = run.BeforeLastStage?.Tokens ?? 0;
        return [.. from e in run.Events
            where e.Stage == run.Events[^1].Stage && e.Tokens > before
            select ((double)e.Tokens - before, e.TestLoss - run.Measure(Experiment.Floor))];
    }
}
