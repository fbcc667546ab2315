using LmNotebooks.Experiments;
using LmNotebooks.Figures;

namespace LmNotebooks.Charts;

/// <summary>Whether the differences that an experiment found close or open as the text grows.</summary>
public static class TextTrends
{
    /// <summary>A line for each hypothesis about a loss, and a point for each seed. Below zero the arm that the claim
    /// favours is better.</summary>
    /// <exception cref="ArgumentException">No hypothesis about a loss has a trend.</exception>
    public static Figure Of(IReadOnlyList<Trend> trends)
    {
        var lines = trends.Where(t => t.Hypothesis is { Target: null, Below: null, IsAccuracy: false })
            .GroupBy(t => t.Hypothesis.Name, (name, own) => (Name: name, Points: own.ToList())).ToList();
        if (lines.Count == 0) throw new ArgumentException("None of these trends is about a loss.");
        return new Figure("Differences with less and with more text",
            new Axis("text, as a multiple of the judged runs'", Log: true), new Axis("difference (nats per token)"),
            [
                new Reference("0: no difference", 0, Below: true),
                .. lines.SelectMany(line => (Mark[])
                [
                    new Line(line.Name, [.. line.Points.Select(p => p.Text)], [.. line.Points.Select(p => p.Mean)]),
                    new Dots($"{line.Name}, one seed", [.. line.Points.SelectMany(p => p.Pairs.Select(_ => p.Text))],
                        [.. line.Points.SelectMany(p => p.Pairs.Select(pair => pair.Difference))])
                        { Family = line.Name },
                ]),
            ],
            Numbers.Sentence([Finding([.. lines.Select(line => line.Points)]), .. lines.Select(line => $"{line.Name} "
                + string.Join(", ", line.Points.Select(p =>
                    $"{Numbers.Text(p.Mean, 3)} at {Numbers.Tick(p.Text)}")))]));
    }

    private static string Finding(IReadOnlyList<IReadOnlyList<Trend>> lines)
    {
        var closer = lines.Count(points => Math.Abs(points.MaxBy(p => p.Text)!.Mean)
            < Math.Abs(points.MinBy(p => p.Text)!.Mean));
        return lines.Count > 1 ? $"With more text {closer} of {lines.Count} differences are smaller"
            : $"With more text the difference is {(closer == 1 ? "smaller" : "larger")}";
    }
}
