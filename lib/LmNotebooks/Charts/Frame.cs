namespace LmNotebooks.Charts;

/// <summary>A text in a figure, at a point of its axes.</summary>
/// <param name="Side">-1: begins at the point, 0: is centred on it, 1: ends at it.</param>
/// <param name="Rise">-1: under the point, 0: beside it, 1: above it.</param>
/// <param name="Shift">Pixels to the right.</param>
internal sealed record Label(string Text, double X, double Y, int Side, int Rise, int Shift);

/// <summary>Where things of a figure stand, so that both renderers draw the same picture.</summary>
internal sealed class Frame
{
    private readonly int rows;
    private readonly List<Bars> bars;
    private readonly List<Reference> verticals, levels;

    public Frame(Figure figure)
    {
        (rows, bars) = (figure.Y.Categories?.Count ?? 0, [.. figure.Marks.OfType<Bars>()]);
        verticals = [.. figure.Marks.OfType<Reference>().Where(r => r.Vertical)];
        levels = [.. figure.Marks.OfType<Reference>().Where(r => !r.Vertical).OrderBy(r => r.Value)];
        X = Reach(figure.Marks.SelectMany(m => m.Xs), figure.X.Log, 0.03, bars.Any(b => b.Labels is not null) ? 0.25 : 0.03);
        Y = rows > 0 ? (-0.5, rows - (verticals.Count > 0 ? 0 : 0.5)) : Reach(figure.Marks.SelectMany(m => m.Ys), figure.Y.Log, 0.09, 0.06);
        Labels = [.. verticals.Select(AtTop), .. levels.Select(AtEnd), .. bars.SelectMany((b, i) => Values(b, i))];
    }

    /// <summary>Ends of the axes.</summary>
    public (double Min, double Max) X { get; }
    public (double Min, double Max) Y { get; }

    public IReadOnlyList<Label> Labels { get; }

    /// <summary>Height of a bar; a row is 1 high.</summary>
    public double BarHeight => 0.6 / bars.Count;

    /// <summary>Middle of the bar of a row (counted from the top) and a series.</summary>
    public double BarAt(int row, int series) => rows - 1 - row + ((bars.Count - 1) / 2.0 - series) * 1.15 * BarHeight;

    /// <summary>Above the first row, and on the side of the line that has room.</summary>
    private Label AtTop(Reference line)
    {
        var side = ((line.Value - X.Min) / (X.Max - X.Min)) switch { < 0.25 => -1, > 0.6 => 1, _ => 0 };
        return new Label(line.Name, line.Value, rows - 0.25, side, 0, -4 * side);
    }

    /// <summary>At the right end over the line; at the left under it where the next line is close: there, curves of loss are high.</summary>
    private Label AtEnd(Reference line, int i)
    {
        var left = !line.Below && i + 1 < levels.Count && levels[i + 1].Value - line.Value < 0.07 * (Y.Max - Y.Min);
        return new Label(line.Name, left ? X.Min : X.Max, line.Value, left ? -1 : 1, left || line.Below ? -1 : 1, left ? 4 : -4);
    }

    /// <summary>After the bar and its interval, and after a line that would cross the text.</summary>
    private IEnumerable<Label> Values(Bars drawn, int series) => (drawn.Labels ?? []).Select((text, row) =>
    {
        var end = Math.Max(0, Math.Max(drawn.Values[row], drawn.Interval?.High[row] ?? 0));
        var free = verticals.Select(v => v.Value).Where(v => v > end && v - end < 0.12 * (X.Max - X.Min)).Append(end).Max();
        return new Label(text, free, BarAt(row, series), -1, 0, 8);
    });

    private static (double, double) Reach(IEnumerable<double> values, bool log, double below, double above)
    {
        var scaled = values.Select(v => log ? Math.Log10(v) : v).ToList();
        var (min, max) = (scaled.Min(), scaled.Max());
        var span = max > min ? max - min : Math.Max(Math.Abs(max), 1);
        (min, max) = (min - below * span, max + above * span);
        return log ? (Math.Pow(10, min), Math.Pow(10, max)) : (min, max);
    }
}
