namespace LmNotebooks.Charts;

/// <summary>Where things of a figure stand, so that both renderers draw the same picture.</summary>
internal sealed class Frame
{
    private readonly int rows, groups;
    private readonly List<double> levels, verticals;

    public Frame(Figure figure)
    {
        var bars = figure.Marks.OfType<Bars>().ToList();
        (rows, groups) = (figure.Y.Categories?.Count ?? 0, bars.Count);
        X = Reach(figure.Marks.SelectMany(m => m.Xs), figure.X.Log, 0.03, bars.Any(b => b.Labels is not null) ? 0.25 : 0.03);
        levels = [.. figure.Marks.OfType<Reference>().Where(r => r is { Vertical: false, Below: false }).Select(r => r.Value).Order()];
        verticals = [.. figure.Marks.OfType<Reference>().Where(r => r.Vertical).Select(r => r.Value)];
        var headroom = verticals.Count > 0 ? 0.6 : 0;
        Y = rows > 0 ? (-0.5, rows - 0.5 + headroom) : Reach(figure.Marks.SelectMany(m => m.Ys), figure.Y.Log, 0.09, 0.06);
    }

    /// <summary>Ends of the axes.</summary>
    public (double Min, double Max) X { get; }
    public (double Min, double Max) Y { get; }

    /// <summary>Height of a bar; a row is 1 high.</summary>
    public double BarHeight => 0.7 / groups;

    /// <summary>Middle of the bar of a row (counted from the top) and a series.</summary>
    public double BarAt(int row, int series) => rows - 1 - row + ((groups - 1) / 2.0 - series) * BarHeight;

    /// <summary>Where the label of a bar begins: after its interval, and after a line that would cross it.</summary>
    public double LabelAt(Bars bars, int row)
    {
        var end = Math.Max(0, Math.Max(bars.Values[row], bars.Interval?.High[row] ?? 0));
        return verticals.Where(v => v > end && v - end < 0.12 * (X.Max - X.Min)).Append(end).Max();
    }

    /// <summary>Height of the labels of vertical lines: above the first row.</summary>
    public double LabelRow => rows - 0.25;

    /// <summary>-1, 0 or 1: the label of a vertical line begins, is centred or ends at it, so that it is not cut at the sides.</summary>
    public int Side(double x) => ((x - X.Min) / (X.Max - X.Min)) switch { < 0.25 => -1, > 0.6 => 1, _ => 0 };

    /// <summary>Whether the label of a horizontal line stands at the left end, because the label of the line under it would be in the way.</summary>
    public bool AtLeft(Reference line)
    {
        var left = false;
        for (var i = 1; i < levels.Count && levels[i - 1] < line.Value; i++)
            left = !left && levels[i] - levels[i - 1] < 0.07 * (Y.Max - Y.Min);
        return left;
    }

    private static (double, double) Reach(IEnumerable<double> values, bool log, double below, double above)
    {
        var scaled = values.Select(v => log ? Math.Log10(v) : v).ToList();
        var (min, max) = (scaled.Min(), scaled.Max());
        var span = max > min ? max - min : Math.Max(Math.Abs(max), 1);
        (min, max) = (min - below * span, max + above * span);
        return log ? (Math.Pow(10, min), Math.Pow(10, max)) : (min, max);
    }
}
