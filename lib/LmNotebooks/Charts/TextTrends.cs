using LmNotebooks.Experiments;
using LmNotebooks.Figures;

namespace LmNotebooks.Charts;

/// <summary>Whether the differences that an experiment found close or open as the text grows.</summary>
public static class TextTrends
{
    /// <summary>A line for each hypothesis about a loss, and a point for each seed: below zero the arm that the claim
    /// favours is better. Where there is none, those about an accuracy are drawn in percentage points, and above zero
    /// it is better. Whether an arm about an accuracy has more texts or more answers, its experiment says.</summary>
    /// <exception cref="ArgumentException">No hypothesis about a loss or an accuracy has a trend.</exception>
    public static Figure Of(IReadOnlyList<Trend> trends)
    {
        var all = trends.Where(t => t.Hypothesis is { Target: null, Below: null })
            .ToLookup(t => t.Hypothesis.IsAccuracy);
        if (all.Count == 0) throw new ArgumentException("None of these trends is about a loss or an accuracy.");
        var (data, y, unit) = all.Contains(false) ? ("text", "difference (nats per token)", 1)
            : ("training data", "difference in accuracy (points)", 100);
        var lines = (from trend in all[!all.Contains(false)]
                     let point = (trend.Text, Mean: unit * trend.Mean,
                         Seeds: trend.Pairs.Select(p => unit * p.Difference))
                     group point by trend.Hypothesis.Name into line
                     select (Name: line.Key, Points: line.OrderBy(p => p.Text).ToList())).ToList();
        string Told(double mean) => unit == 1 ? Numbers.Text(mean, 3) : TaskGain.Signed(mean);
        return new Figure($"Differences with less and with more {data}",
            new Axis($"{data}, as a multiple of the judged runs'", Log: true), new Axis(y),
            [
                new Reference("0: no difference", 0, Below: true),
                .. lines.SelectMany(line => (Mark[])
                [
                    new Line(line.Name, [.. line.Points.Select(p => p.Text)], [.. line.Points.Select(p => p.Mean)]),
                    new Dots($"{line.Name}, one seed", [.. line.Points.SelectMany(p => p.Seeds.Select(_ => p.Text))],
                        [.. line.Points.SelectMany(p => p.Seeds)])
                        { Family = line.Name },
                ]),
            ],
            Numbers.Sentence([Finding(data, [.. lines.Select(line => (line.Points[0].Mean, line.Points[^1].Mean))]),
                .. lines.Select(line => $"{line.Name} "
                    + string.Join(", ", line.Points.Select(p => $"{Told(p.Mean)} at {Numbers.Tick(p.Text)}")))]));
    }

    /// <param name="ends">Each difference with the least and with the most data.</param>
    private static string Finding(string data, IReadOnlyList<(double Least, double Most)> ends)
    {
        var closer = ends.Count(end => Math.Abs(end.Most) < Math.Abs(end.Least));
        return ends.Count > 1 ? $"With more {data} {closer} of {ends.Count} differences are smaller"
            : $"With more {data} the difference is {(closer == 1 ? "smaller" : "larger")}";
    }
}
