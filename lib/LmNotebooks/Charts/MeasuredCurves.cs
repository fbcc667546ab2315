using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>What measured curves share: a line for each kind of model, each point of it the mean over the seeds with its 95 % interval, and the truth
/// as a level.</summary>
internal static class MeasuredCurves
{
    /// <param name="points">Each with the line that it is on, and its own text if it has one.</param>
    /// <param name="place">An x in words.</param>
    public static Figure Of(string title, Axis x, Axis y, Reference truth, IEnumerable<(string Line, string? Text, double X, Interval Value)> points,
        Func<double, string> place)
    {
        var lines = points.GroupBy(p => p.Line, (name, own) => ToLine(name, [.. own.OrderBy(p => p.X)])).ToList();
        return new Figure(title, x, y, [truth, .. lines], $"{y.Title}, mean over the seeds (95 % interval): " + Numbers.Sentence(lines.Select(line =>
            $"{line.Name} {At(line, 0)}" + (line.X.Count > 1 ? $", {At(line, line.X.Count - 1)}" : ""))));

        string At(Line line, int i) => line.Intervals![i] is var mean
            ? $"{Numbers.Text(mean.Value, 3)} ({Numbers.Text(mean.Low, 3)} to {Numbers.Text(mean.High, 3)}) {place(line.X[i])}" : "";
    }

    private static Line ToLine(string name, IReadOnlyList<(string Line, string? Text, double X, Interval Value)> points) =>
        new(name, [.. points.Select(p => p.X)], [.. points.Select(p => p.Value.Value)])
        {
            Intervals = [.. points.Select(p => p.Value)],
            Texts = points.Any(p => p.Text is null) ? null : [.. points.Select(p => p.Text!)],
        };
}
