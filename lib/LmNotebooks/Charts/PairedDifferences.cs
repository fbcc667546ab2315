using System.Globalization;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What an experiment found of its hypotheses: the difference of two arms for every seed, and what follows
/// from all of them.</summary>
public static class PairedDifferences
{
    private const string Mean = "mean, simultaneous 95 % interval";

    /// <summary>One row for each contrast. A verdict can be read off: *supported* if the interval lies beyond the
    /// margin, *equal* if within it.</summary>
    /// <param name="measure">What is compared, with its unit.</param>
    /// <exception cref="ArgumentException">There is no contrast, or they have different margins.</exception>
    public static Figure Of(IReadOnlyList<ContrastResult> results, string measure = "excess (nats per token)") =>
        Draw(results, "Paired differences, seed by seed", new Axis($"difference of the {measure}"), d => d,
            ("−", "minus"), Text, "0 ± ");

    /// <summary>One row for each contrast of logarithms of costs, drawn as ratios of the costs. Where a run of a seed
    /// is censored, an arrow goes from the ratio of the bounds to where the ratio may lie.</summary>
    /// <param name="cost">What is compared.</param>
    /// <exception cref="ArgumentException">There is no contrast, or they have different margins.</exception>
    public static Figure OfRatios(IReadOnlyList<ContrastResult> results, string cost) =>
        Draw(results, "Paired ratios of costs, seed by seed",
        new Axis($"ratio of the {cost}", Log: true), Math.Exp, ("÷", "to"), ratio =>
            $"× or ÷ {Numbers.Text(ratio, 1)}", "");

    /// <summary>What the records say of some hypotheses of an experiment: differences, or ratios where they are about
    /// costs. All of its hypotheses are judged together nevertheless.</summary>
    /// <param name="hypotheses">Their names, of one measure or of one target; none for all.</param>
    /// <exception cref="ArgumentException">There is no hypothesis of a name, or they have different margins; one
    /// sentence.</exception>
    /// <exception cref="InvalidOperationException">A run is missing or failed; one sentence.</exception>
    public static Figure Of(Experiment experiment, IReadOnlyList<RunRecord> records,
        params IReadOnlyList<string> hypotheses)
    {
        var chosen = hypotheses.Select(experiment.HypothesisNamed).ToHashSet();
        return OfJudged([.. experiment.Hypotheses.Zip(experiment.Judge(records))
            .Where(h => chosen.Count == 0 || chosen.Contains(h.First))]).From(Judged(experiment, records));
    }

    private static IEnumerable<RunRecord> Judged(Experiment experiment, IReadOnlyList<RunRecord> records)
    {
        var arms = experiment.Hypotheses.SelectMany(h => h.Arms).ToHashSet();
        return records.Where(r => arms.Contains(r.Header.Arm));
    }

    /// <summary>One row for each of some hypotheses that have been judged.</summary>
    internal static Figure OfJudged(IReadOnlyList<(Hypothesis Of, ContrastResult Result)> judged)
    {
        var (h, results) = (judged.FirstOrDefault().Of, judged.Select(j => j.Result).ToList());
        if (h?.Target is not { } target)
            return h is null or { Measure: Experiment.Excess } ? Of(results) : Of(results, h.Below is { } bound
                ? string.Create(CultureInfo.InvariantCulture, $"share of runs with {h.Measure} below {bound}")
                : h.Measure == Experiment.Loss ? "loss (nats per token)" : h.Measure);
        var excess = target.Arm is { } arm ? $"the excess of {arm}" : "the excess before the last stage";
        return OfRatios(results, string.Create(CultureInfo.InvariantCulture,
            $"{Spent(target)} to reach {excess} + {100 * target.Margin:G3} % of the unigram gap"));
    }

    /// <summary>What is counted until a target is reached, in the plural.</summary>
    internal static string Spent(Target target) => target.Spending switch
    {
        Spending.Tokens => "tokens", Spending.CriticalPathFlops => "critical-path FLOPs", _ => "FLOPs",
    };

    /// <param name="shown">What is drawn of a difference.</param>
    /// <param name="less">How two names are written with the difference between them, short and long.</param>
    private static Figure Draw(IReadOnlyList<ContrastResult> results, string title, Axis x, Func<double, double> shown,
        (string Sign, string Word) less,
        Func<double, string> marginText, string around)
    {
        var (margin, rows) = (results.Select(r => r.Contrast.Claim.Margin).DefaultIfEmpty().Max(), results.Count);
        if (results.Any(r => r.Contrast.Claim.Margin < 0.99 * margin))
            throw new ArgumentException("These contrasts have different margins: draw a figure for each margin.");
        var seeds = results.SelectMany((r, row) => r.Contrast.Pairs.Select(p => (p.Difference, p.Known, Row: row)))
            .ToList();
        double End(double end) => double.IsFinite(end) ? shown(end) : end;
        Spread Shown(Interval i) => new(shown(i.Value), End(i.Low), End(i.High));
        Spread Judged(ContrastResult r) => Shown(r.Difference) with
        {
            Kind = string.Create(CultureInfo.InvariantCulture,
                $"simultaneous 95 % interval, each {100 * r.Level:G4} %,"),
            Count = r.Contrast.Pairs.Count,
        };
        var whole = results.All(r => Censored(r) == 0);
        return new Figure(title, x,
            new Axis("", Categories: [.. results.Select(r => $"{r.Contrast.A}\n{less.Sign} {r.Contrast.B}")],
                Notes: [.. results.Select(r => Note(r, "\n"))]),
            [
                new Reference($"{around}{marginText(shown(margin))}: too small to matter", shown(0), Vertical: true),
                new Band("", [shown(-margin), shown(margin)], [-0.5, -0.5], [rows - 0.5, rows - 0.5]) { Family = Mean },
                new Points("one seed", [.. seeds.Select(s => shown(s.Difference))], [.. seeds.Select(s => s.Row)],
                    whole ? null : [.. seeds.Select(s =>
                        Shown(s.Known) with { Kind = "arrow: bound of a seed", Over = "" })]),
                new Points(Mean, [.. results.Select(r => shown(r.Difference.Value))], [.. Enumerable.Range(0, rows)],
                    [.. results.Select(Judged)]),
            ],
            Numbers.Sentence(results.Select(r => $"{r.Contrast.A} {less.Word} {r.Contrast.B}: "
                + $"{Text(shown(r.Difference.Value))}, {Text(shown(r.Difference.Low))} to "
                    + $"{Text(shown(r.Difference.High))}, {Note(r, ", ")}")
                        .Append($"margin {marginText(shown(margin))}")));
    }

    private static string Text(double number) => double.IsInfinity(number) ? "no end" : Numbers.Text(number, 3);

    private static int Censored(ContrastResult result) =>
        result.Contrast.Pairs.Sum(p => (p.ACensored ? 1 : 0) + (p.BCensored ? 1 : 0));

    /// <summary>The verdict, how many runs are censored, and how many of the differences have the sign of the
    /// mean.</summary>
    private static string Note(ContrastResult result, string between)
    {
        var censored = Censored(result) is > 0 and var runs ? $", {runs} censored" : "";
        return $"{result.Verdict.ToString().ToLowerInvariant()}{censored}{between}{result.SameSign} of "
            + $"{result.Contrast.Pairs.Count} with this sign";
    }
}
