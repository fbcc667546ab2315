using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What it costs to put a new part into a trained model, as a ratio of what it costs to train the whole from
/// scratch to the same target.</summary>
public static class ReplacementCost
{
    /// <summary>A row for each arm: the geometric mean over its seeds with its 95 % t-interval of the logarithms, which
    /// fewer than four seeds do not have, and a point for each seed. Where a run did not reach the target only a bound
    /// of its ratio is known; then the mean has an arrow for an interval, and the number beside it says so.</summary>
    /// <param name="cost">What is counted, in the plural: "tokens", "FLOPs".</param>
    /// <param name="arms">Each with the ratio of every seed: above a bound if the arm did not reach the target, below
    /// one if scratch did not.</param>
    /// <exception cref="ArgumentException">There is no arm, an arm has no seed or bounds on both sides, or a ratio is
    /// not above 0.</exception>
    public static Figure Of(string cost, params IEnumerable<(string Name, IReadOnlyList<Censored> Ratios)> arms)
    {
        var rows = arms.Select(a => (a.Name, a.Ratios, Mean: Mean(a.Name, a.Ratios))).ToList();
        var seeds = rows.SelectMany((row, at) => row.Ratios.Select(ratio => (ratio.Value, ratio.Censoring, Row: at)))
            .GroupBy(s => s.Censoring).OrderBy(g => g.Key);
        return new Figure($"Cost of a replacement, in {cost} to the target",
            new Axis($"{cost}, divided by those of training from scratch", Log: true),
            new Axis("", Categories: [.. rows.Select(r => r.Name)], Notes: [.. rows.Select(r => $"{r.Mean}")]),
            [
                new Reference("1: from scratch", 1, Vertical: true),
                .. seeds.Select(s => new Points(Seed(s.Key), [.. s.Select(p => p.Value)], [.. s.Select(p => p.Row)],
                    Censoring: s.Key)
                    { Family = Seed(Censoring.None) }),
                new Points("geometric mean", [.. rows.Select(r => r.Mean.Value)], [.. Enumerable.Range(0, rows.Count)],
                    [.. rows.Select(r => Around(r.Mean, r.Ratios))]),
            ],
            Numbers.Sentence(rows.Select(r => $"{r.Name} takes {r.Mean} of the {cost} of training from scratch"
                + (Around(r.Mean, r.Ratios) is { IsClosed: true } interval
                    ? $" ({Numbers.Text(interval.Low, 2)} to {Numbers.Text(interval.High, 2)})" : "")
                + (r.Ratios.Count(ratio => ratio.Censoring == Censoring.Above) is > 0 and var missed
                    ? $", {missed} of {r.Ratios.Count} did not reach it" : ""))));
    }

    /// <summary>A row for the arm of a hypothesis about costs, against its baseline.</summary>
    /// <param name="hypothesis">Its name.</param>
    /// <exception cref="ArgumentException">There is no hypothesis of that name, it is not about a cost, or of a seed
    /// nothing is known, since neither run reached the target.</exception>
    /// <exception cref="InvalidOperationException">A run is missing or failed; one sentence.</exception>
    public static Figure Of(Experiment experiment, string hypothesis, IReadOnlyList<RunRecord> records)
    {
        var claim = experiment.HypothesisNamed(hypothesis);
        var ratios = experiment.CostRatios(claim, records);
        if (ratios.Contains(null))
            throw new ArgumentException($"Neither {claim.Arm} nor {claim.Baseline} reached the target with every seed: "
                + "nothing is known of the ratio then.");
        return Of(PairedDifferences.Spent(claim.Target!), (claim.Arm, [.. ratios.OfType<Censored>()]))
            .From(records.Where(r => claim.Arms.Contains(r.Header.Arm)));
    }

    /// <summary>The geometric mean; if some ratios are bounds of one side, it is itself such a bound.</summary>
    private static Censored Mean(string name, IReadOnlyList<Censored> ratios)
    {
        if (ratios.Count == 0) throw new ArgumentException($"{name} has no values.");
        var sides = ratios.Select(r => r.Censoring).Where(side => side != Censoring.None).Distinct().ToList();
        if (sides.Count > 1)
            throw new ArgumentException($"{name} has bounds on both sides: choose a target that one of the two reaches "
            + "in every seed.");
        return new Censored(Math.Exp(ratios.Average(r => Math.Log(r.Value))), sides.FirstOrDefault());
    }

    /// <summary>Where the mean lies: if it is a bound, from there on.</summary>
    private static Spread Around(Censored mean, IReadOnlyList<Censored> ratios)
    {
        var logs = Spread.OverSeeds([.. ratios.Select(r => Math.Log(r.Value))]);
        var known = new Spread(mean.Value, mean.Value, mean.Value);
        return mean.Censoring switch
        {
            Censoring.Above => known with { High = double.PositiveInfinity, Kind = "arrow: a bound", Over = "" },
            Censoring.Below => known with { Low = double.NegativeInfinity, Kind = "arrow: a bound", Over = "" },
            _ when logs.Few.Count > 0 => known,
            _ => logs with { Value = mean.Value, Low = Math.Exp(logs.Low), High = Math.Exp(logs.High) },
        };
    }

    private static string Seed(Censoring side) => side switch
    {
        Censoring.Above => "> not reached",
        Censoring.Below => "< not reached from scratch",
        _ => "one seed",
    };
}
