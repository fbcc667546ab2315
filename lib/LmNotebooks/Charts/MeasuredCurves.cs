using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>What measured curves share: a line for each kind of model, each point of it the mean over the seeds with
/// its interval, and the truth as a level.</summary>
internal static class MeasuredCurves
{
    /// <param name="points">Each with the line that it is on, and what it is called if it has a name.</param>
    /// <param name="others">What is drawn besides, such as the truth.</param>
    /// <param name="finding">What the caption begins with.</param>
    /// <param name="title">Null where it says what the axes do.</param>
    /// <param name="text">How the caption writes a value; null for three decimals.</param>
    public static Figure Of(Axis x, Axis y, IEnumerable<Mark> others,
        IEnumerable<(string Line, string? Name, double X, Spread Value)> points, string finding,
        string? title = null, Func<Spread, string>? text = null)
    {
        var lines = points.GroupBy(p => p.Line, (name, own) => (Name: name, Points: own.OrderBy(p => p.X).ToList()))
            .ToList();
        title ??= $"{y.Title[..1].ToUpperInvariant()}{y.Title[1..]} against {x.Title}";
        return new Figure(title, x, y, [.. others,
            .. lines.Select(line => ToLine(line.Name, line.Points))],
            $"{finding}mean over the seeds (interval): "
            + Numbers.Sentence(lines.Select(line => $"{line.Name} {Ends(line.Points)}")));

        string Ends(IReadOnlyList<(string, string?, double X, Spread Value)> points) =>
            string.Join(", ", points.Take(1).Union(points.TakeLast(1)).Select(p =>
                $"{text?.Invoke(p.Value) ?? Numbers.Text(p.Value, 3)} at {Numbers.Tick(p.X)}"));
    }

    private static Line ToLine(string name, IReadOnlyList<(string, string? Name, double X, Spread Value)> points) =>
        new(name, [.. points.Select(p => p.X)], [.. points.Select(p => p.Value.Value)])
        {
            Intervals = [.. points.Select(p => p.Value)],
            Texts = points.Any(p => p.Name is null) ? null : [.. points.Select(p => p.Name!)],
        };
}
