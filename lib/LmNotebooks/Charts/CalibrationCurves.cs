using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>How often beliefs of each strength are true. On the diagonal they are as often true as they are strong; a
/// curve that is flatter belongs to somebody overconfident.</summary>
public static class CalibrationCurves
{
    /// <exception cref="ArgumentException">There is no curve, or one without a bin.</exception>
    public static Figure Of(params IEnumerable<(string Name, IReadOnlyList<BeliefBin> Bins)> curves)
    {
        var drawn = curves.ToList();
        return new Figure("How often beliefs are true", new Axis("belief"), new Axis("share that is true"),
            [.. drawn.Select(c => new Line(c.Name, [.. c.Bins.Select(b => b.Believed)],
                [.. c.Bins.Select(b => b.True)])
                {
                    Intervals = [.. c.Bins.Select(Ends)], Texts = [.. c.Bins.Select(b => $"{b.Count}")],
                }), new Line("as strong as true", [0, 1], [0, 1], Bare: true)],
            $"Furthest from the diagonal: {string.Join(", ", drawn.Where(c => c.Bins.Count > 0).Select(Furthest))}; "
                + "a number at a point counts its beliefs; strongest beliefs, and the share of them that is true: "
                + Numbers.Sentence(drawn.Where(c => c.Bins.Count > 0).Select(c =>
                $"{c.Name} {Numbers.Text(c.Bins[^1].Believed, 2)}, true {Numbers.Text(c.Bins[^1].True, 2)}")));
    }

    private static Spread Ends(BeliefBin bin) =>
        (Spread)Interval.OfShare((int)Math.Round(bin.True * bin.Count), bin.Count) with { Over = "beliefs" };

    /// <summary>How far a curve is from the diagonal, and whether that is more than chance.</summary>
    private static string Furthest((string Name, IReadOnlyList<BeliefBin> Bins) curve)
    {
        var most = curve.Bins.MaxBy(b => Math.Abs(b.True - b.Believed))!;
        var misses = curve.Bins.Count(b => Ends(b) is var ends && (b.Believed < ends.Low || b.Believed > ends.High));
        return $"{curve.Name} {Numbers.Text(Math.Abs(most.True - most.Believed), 2)} ({misses} of {curve.Bins.Count} "
            + "intervals miss it)";
    }
}
