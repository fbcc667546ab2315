using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Excess over the entropy against two kinds of cost, side by side. A model on the front of one kind need not
/// be on that of the other.</summary>
public static class ParetoFronts
{
    /// <param name="first">What is paid, in the plural and with its unit if it has one: "parameters".</param>
    /// <param name="second">The other kind of cost: "FLOPs a token".</param>
    /// <param name="models">Each with its name, both costs and its excess in nats per token, mean over the seeds with
    /// its 95 % interval.</param>
    /// <exception cref="ArgumentException">There is no model, or a cost is not above 0.</exception>
    public static FigurePair Of(string first, string second,
        params IEnumerable<(string Name, double First, double Second, Spread Excess)> models)
    {
        var all = models.ToList();
        if (all.Find(m => !(m.First > 0 && m.Second > 0)) is { Name: { } free })
            throw new ArgumentException($"{free} has a cost that is not above 0: leave it out.");
        return new FigurePair(Against(first, [.. all.Select(m => (m.Name, m.First, m.Excess))]),
            Against(second, [.. all.Select(m => (m.Name, m.Second, m.Excess))]));
    }

    /// <summary>The arms of an experiment, by their parameters and by the FLOPs of training that a token takes, with
    /// the lowest and the highest of their seeds.</summary>
    /// <exception cref="ArgumentException">There is no test run.</exception>
    public static FigurePair OverSeeds(IEnumerable<RunRecord> records) => Of("parameters", "training FLOPs a token",
        records.ByArm().Select(arm => (arm.Key, arm.Mean("parameters"), arm.Mean("flops") / arm.Mean("tokens"),
            arm.Range(Experiment.Excess)))).From(records);

    /// <summary>The arms on the front of their parameters, as <see cref="OverSeeds"/> draws it, from the
    /// smallest.</summary>
    public static IReadOnlyList<string> OnFront(IEnumerable<RunRecord> records) =>
        [.. FrontOf([.. records.ByArm().Select(arm =>
            (arm.Key, arm.Mean("parameters"), arm.Range(Experiment.Excess)))]).Select(arm => arm.Name)];

    /// <summary>The points that no other dominates, from the cheapest. A point dominates another if it is in neither
    /// coordinate larger, and in one of them smaller.</summary>
    /// <param name="at">Cost and excess of an item.</param>
    public static IReadOnlyList<T> Front<T>(IReadOnlyList<T> items, Func<T, (double Cost, double Excess)> at) =>
        [.. items.Where(item =>
    {
        var (cost, excess) = at(item);
        return !items.Select(at).Any(other => other.Cost <= cost && other.Excess <= excess
            && (other.Cost < cost || other.Excess < excess));
    }).OrderBy(item => at(item).Cost)];

    private static Figure Against(string cost, IReadOnlyList<(string Name, double Cost, Spread Excess)> models)
    {
        var (judged, front) = (Judged(models), FrontOf(models));
        return new Figure($"Excess against {cost}", new Axis(cost, Log: true), new Axis("excess (nats per token)"),
            [
                new Reference("0: the truth", 0, Below: true),
                .. front.Count > 0 ? [Stairs(front, models.Max(m => m.Cost), models.Max(m => m.Excess.Value))]
                    : (Mark[])[],
                .. models.Select(m => new Dots(m.Name, [m.Cost], [m.Excess.Value]) { Texts = [m.Name],
                    Intervals = m.Excess.Few.Count > 0 ? null : [m.Excess], Hollow = m.Excess.Few.Count > 0 }),
            ],
            $"On the front of excess against {cost}, from the cheapest: "
                + string.Join(", ", front.Select(m => $"{m.Name} {Numbers.Text(m.Excess.Value, 3)}"))
                + (judged.Count is > 0 and var n && n < models.Count
                    ? "; hollow marks have fewer than four seeds and no place on it." : "."));
    }

    /// <summary>The models with seeds enough for a place on a front.</summary>
    private static List<(string Name, double Cost, Spread Excess)> Judged(
        IReadOnlyList<(string Name, double Cost, Spread Excess)> models) =>
        [.. models.Where(m => m.Excess.Few.Count == 0)];

    private static IReadOnlyList<(string Name, double Cost, Spread Excess)> FrontOf(
        IReadOnlyList<(string Name, double Cost, Spread Excess)> models) =>
        Front(Judged(models) is { Count: > 0 } judged ? judged : models, m => (m.Cost, m.Excess.Value));

    /// <summary>The border of what the front dominates: it leads from each point to the cost of the next and there down
    /// to it.</summary>
    private static Line Stairs(IReadOnlyList<(string Name, double Cost, Spread Excess)> front, double dearest,
        double worst) => new("front",
        [.. front.SelectMany(m => (double[])[m.Cost, m.Cost]), dearest],
        [worst, .. front.SelectMany(m => (double[])[m.Excess.Value, m.Excess.Value])], Bare: true);
}
