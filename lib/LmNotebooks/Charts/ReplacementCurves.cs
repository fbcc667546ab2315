using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What it costs to replace a part, against how well it has to be done: one target would be one point of these
/// curves, and another one another.</summary>
public static class ReplacementCurves
{
    private static readonly double[] Margins = [.. Enumerable.Range(0, 11).Select(i => i / 100.0)];

    /// <summary>A line for each arm: the median over its seeds of what it spends to come back to where it stood before,
    /// as a ratio of what the baseline spends to come as close. A run that never arrives costs more than any other;
    /// where half of them do not, there is no point.</summary>
    /// <param name="like">A hypothesis about a replacement: its baseline and what it counts.</param>
    /// <param name="arms">Each is put in the place of the hypothesis' own arm.</param>
    /// <exception cref="ArgumentException">The hypothesis is not about a cost.</exception>
    /// <exception cref="InvalidOperationException">A run is missing; one sentence.</exception>
    public static Figure Of(Experiment experiment, Hypothesis like, IReadOnlyList<RunRecord> records,
        params IReadOnlyList<string> arms)
    {
        var lines = Lines(experiment, like, records, arms).Select(line => (line.Name,
            Points: line.Points.Select(p => (p.Margin, Median: Median(p.Ratios), p.Ratios)).ToList())).ToList();
        return new Figure($"Cost of a replacement, in {Counted(like)}, by what counts as replaced", Distance,
            new Axis($"{Counted(like)}, divided by those of {like.Baseline}, median over the seeds", Log: true),
            [
                new Reference($"1: {like.Baseline}", 1, Below: true),
                .. from line in lines
                   let points = line.Points.Where(p => p.Median is not null).ToList()
                   where points.Count > 0
                   select new Line(line.Name, [.. points.Select(p => 100 * p.Margin)],
                       [.. points.Select(p => p.Median!.Value)]),
            ],
            Numbers.Sentence(lines.SelectMany(line => line.Points.Where(p => p.Margin is 0 or 0.03 or 0.1).Select(p =>
                $"{line.Name} within {100 * p.Margin:F0} %: " + (p.Median is { } median ? Numbers.Text(median, 2)
                    : "half of the runs never arrive"))))).From(Compared(like, records, arms));
    }

    /// <summary>A line for each arm: the share of its runs that come back to where they stood before, 0 to 1.</summary>
    /// <inheritdoc cref="Of"/>
    public static Figure OfArrivals(Experiment experiment, Hypothesis like, IReadOnlyList<RunRecord> records,
        params IReadOnlyList<string> arms)
    {
        var lines = Lines(experiment, like, records, arms);
        static double Share(IReadOnlyList<Censored?> ratios) =>
            ratios.Count(r => r is { Censoring: not Censoring.Above }) / (double)ratios.Count;
        return new Figure("Runs that replace a part at all, by what counts as replaced", Distance,
            new Axis("share of the runs"),
            [.. lines.Select(line => new Line(line.Name, [.. line.Points.Select(p => 100 * p.Margin)],
                [.. line.Points.Select(p => Share(p.Ratios))]))],
            "Share of the runs that arrive: " + Numbers.Sentence(lines.Select(line => $"{line.Name} "
                + string.Join(", ", line.Points.Where(p => p.Margin is 0 or 0.03 or 0.1).Select(p =>
                    $"{Numbers.Text(Share(p.Ratios), 2)} within {100 * p.Margin:F0} %")))))
            .From(Compared(like, records, arms));
    }

    private static IEnumerable<RunRecord> Compared(Hypothesis like, IReadOnlyList<RunRecord> records,
        IReadOnlyList<string> arms) =>
        records.Where(r => arms.Append(like.Baseline).Contains(r.Header.Arm));

    private static Axis Distance => new("allowed distance from the old excess (% of the unigram gap)");

    private static string Counted(Hypothesis like) => like.Target!.Spending == Spending.Tokens ? "tokens" : "FLOPs";

    private static List<(string Name, List<(double Margin, IReadOnlyList<Censored?> Ratios)> Points)> Lines(
        Experiment experiment, Hypothesis like, IReadOnlyList<RunRecord> records, IReadOnlyList<string> arms)
    {
        if (like.Target is not { } target) throw new ArgumentException($"'{like.Name}' compares no costs.");
        return [.. arms.Select(arm => (arm, Margins.Select(margin => (margin, experiment.CostRatios(
            like with { Arm = arm, Target = target with { Margin = margin } }, records))).ToList()))];
    }

    /// <summary>Null where it is not known: it lies among runs that do not arrive, or the baseline does not.</summary>
    private static double? Median(IReadOnlyList<Censored?> ratios)
    {
        if (ratios.Any(r => r is not { Censoring: Censoring.None or Censoring.Above })) return null;
        List<double> sorted = [.. ratios.Select(r => r!.Censoring == Censoring.Above ? double.PositiveInfinity
            : r.Value)
            .Order()];
        var median = Math.Sqrt(sorted[(sorted.Count - 1) / 2] * sorted[sorted.Count / 2]);
        return double.IsFinite(median) ? median : null;
    }
}
