namespace LmNotebooks.Figures;

/// <summary>A text in a figure, at a point of its axes.</summary>
/// <param name="Side">-1: begins at the point, 0: is centred on it, 1: ends at it.</param>
/// <param name="Rise">-1: under the point, 0: beside it, 1: above it.</param>
/// <param name="Shift">Pixels to the right.</param>
internal sealed record Label(string Text, double X, double Y, int Side, int Rise, int Shift);

/// <summary>How a mark is drawn.</summary>
/// <param name="Look">Number of its family, which decides colour, dash and marker.</param>
/// <param name="Named">In the legend: the last mark of each name.</param>
internal sealed record Drawn(Mark Mark, int Look, string Colour, bool Named);

/// <summary>Where things of a figure stand, so that both renderers draw the same picture.</summary>
internal sealed class Frame
{
    private const double NoteLetter = 0.02;   // room that a letter of a note takes at the right end, in widths of the data

    private readonly int rows;
    private readonly List<RowMark> inRows;
    private readonly List<Reference> verticals, levels;

    public Frame(Figure figure)
    {
        (rows, inRows) = (figure.Y.Categories?.Count ?? 0, [.. figure.Marks.OfType<RowMark>()]);
        References = [.. figure.Marks.OfType<Reference>()];
        (verticals, levels) = ([.. References.Where(r => r.Vertical)], [.. References.Where(r => !r.Vertical).OrderBy(r => r.Value)]);
        var marks = figure.Marks.Where(m => m is not Reference).ToList();
        var families = marks.Select(m => m.Family).Distinct().ToList();
        Series = [.. from mark in marks
                     let look = families.IndexOf(mark.Family)
                     let last = marks.Last(m => m.Name == mark.Name)
                     select new Drawn(mark, look, rows > 0 && mark is Band ? Theme.Ink : Theme.Colour(look),
                         mark == last && mark.Name.Length > 0 && mark is not Heat)];
        var note = (figure.Y.Notes ?? []).SelectMany(n => n.Split('\n')).Select(line => line.Length).DefaultIfEmpty().Max();
        X = figure.X.Categories is { } columns ? (-0.5, columns.Count - 0.5)
            : Reach(figure.Marks.SelectMany(m => m.Xs), figure.X, 0.03, 0.03 + NoteLetter * note);
        Y = rows > 0 ? (-0.5, rows - (verticals.Count > 0 ? 0 : 0.5)) : Reach(figure.Marks.SelectMany(m => m.Ys), figure.Y, 0.09, 0.06);
        var notes = (figure.Y.Notes ?? []).Select((note, row) => new Label(note, X.Max, rows - 1 - row, 1, 0, -4));
        Labels = [.. verticals.Select(AtTop), .. levels.Select(AtEnd), .. notes];
        Labels = [.. Labels, .. new Placement(figure, this).Beside(Labels)];
    }

    /// <summary>Ends of the axes.</summary>
    public (double Min, double Max) X { get; }
    public (double Min, double Max) Y { get; }

    public IReadOnlyList<Reference> References { get; }
    public IReadOnlyList<Drawn> Series { get; }
    public IReadOnlyList<Label> Labels { get; }

    /// <summary>Bars and points in rows are named by their rows, unless there are several of each.</summary>
    public bool HasLegend => Series.Count(s => s.Named) > Math.Min(rows, 1);

    /// <summary>Height of a mark in a row, which is 1 high and shared by all marks in it.</summary>
    public double RowHeight => 0.6 / inRows.Count;

    /// <summary>Middle of each value of a mark in its row.</summary>
    public IReadOnlyList<double> Middles(RowMark mark) =>
        [.. mark.Rows.Select(row => rows - 1 - row + ((inRows.Count - 1) / 2.0 - inRows.IndexOf(mark)) * 1.15 * RowHeight)];

    /// <summary>Above the first row, and on the side of the line that has room.</summary>
    private Label AtTop(Reference line)
    {
        var side = line.Value - X.Min < 0.5 * (X.Max - X.Min) ? -1 : 1;
        return new Label(line.Name, line.Value, rows - 0.25, side, 0, -4 * side);
    }

    /// <summary>At the right end over the line; at the left under it where the next line is close: there, curves of loss are high.</summary>
    private Label AtEnd(Reference line, int i)
    {
        var left = !line.Below && i + 1 < levels.Count && levels[i + 1].Value - line.Value < 0.07 * (Y.Max - Y.Min);
        return new Label(line.Name, left ? X.Min : X.Max, line.Value, left ? -1 : 1, left || line.Below ? -1 : 1, left ? 4 : -4);
    }

    private static (double, double) Reach(IEnumerable<double> values, Axis axis, double below, double above)
    {
        var scaled = values.Select(axis.Scaled).ToList();
        var (min, max) = (scaled.Min(), Math.Min(scaled.Max(), axis.Scaled(axis.Most)));
        var span = max > min ? max - min : Math.Max(Math.Abs(max), 1);
        (min, max) = (min - below * span, max + above * span);
        return axis.Log ? (Math.Pow(10, min), Math.Pow(10, max)) : (min, max);
    }
}
