using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>What an experiment found of its hypotheses: the difference of two arms for every seed, and what follows from all of them.</summary>
public static class PairedDifferences
{
    private const string Mean = "mean, simultaneous 95 % interval";

    /// <summary>One row for each contrast. A verdict can be read off: *supported* if the interval lies beyond the margin, *equal* if within it.</summary>
    /// <param name="measure">What is compared, with its unit.</param>
    /// <exception cref="ArgumentException">There is no contrast, or they have different margins.</exception>
    public static Figure Of(IReadOnlyList<ContrastResult> results, string measure = "excess (nats per token)")
    {
        var (margin, rows) = (results.Select(r => r.Contrast.Claim.Margin).DefaultIfEmpty().Max(), results.Count);
        if (results.Any(r => r.Contrast.Claim.Margin < 0.99 * margin))
            throw new ArgumentException("These contrasts have different margins: draw a figure for each margin.");
        var seeds = results.SelectMany((r, row) => r.Contrast.Pairs.Select(p => (p.Difference, Row: row))).ToList();
        return new Figure("Paired differences, seed by seed", new Axis($"difference of the {measure}"),
            new Axis("", Categories: [.. results.Select(r => $"{r.Contrast.A}\n− {r.Contrast.B}")], Notes: [.. results.Select(r => Note(r, "\n"))]),
            [
                new Reference($"0 ± {Text(margin)}: too small to matter", 0, Vertical: true),
                new Band("", [-margin, margin], [-0.5, -0.5], [rows - 0.5, rows - 0.5]) { Family = Mean },
                new Points("one seed", [.. seeds.Select(s => s.Difference)], [.. seeds.Select(s => s.Row)]),
                new Points(Mean, [.. results.Select(r => r.Difference.Value)], [.. Enumerable.Range(0, rows)], [.. results.Select(r => r.Difference)]),
            ],
            $"Margin {Text(margin)}; " + Numbers.Sentence(results.Select(r => $"{r.Contrast.A} minus {r.Contrast.B}: {Text(r.Difference.Value)}, "
                + $"{Text(r.Difference.Low)} to {Text(r.Difference.High)}, {Note(r, ", ")}")));
    }

    private static string Text(double difference) => Numbers.Text(difference, 3);

    /// <summary>The verdict, and the p value adjusted for the number of contrasts.</summary>
    private static string Note(ContrastResult result, string between) =>
        FormattableString.Invariant($"{result.Verdict.ToString().ToLowerInvariant()}{between}p {result.AdjustedP:G2}");
}
