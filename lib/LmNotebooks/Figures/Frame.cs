namespace LmNotebooks.Figures;

/// <summary>A text in a figure, at a point of its axes.</summary>
/// <param name="Side">-1: begins at the point, 0: is centred on it, 1: ends at it.</param>
/// <param name="Rise">-1: under the point, 0: beside it, 1: above it.</param>
/// <param name="Shift">Pixels to the right.</param>
internal sealed record Label(string Text, double X, double Y, int Side, int Rise, int Shift);

/// <summary>An interval without an end: from the end that is known to where the data end.</summary>
/// <param name="Above">The unknown end is that of large values.</param>
internal sealed record Arrow(double FromX, double FromY, double ToX, double ToY, bool Above);

/// <summary>How a mark is drawn.</summary>
/// <param name="Look">Number of its family.</param>
/// <param name="Form">Number of its dash and marker.</param>
/// <param name="Named">In the legend: the last mark of each name.</param>
internal sealed record Drawn(Mark Mark, int Look, int Form, string Colour, bool Named)
{
    /// <summary>Of bars: those of a second family are outlines over those of the first.</summary>
    public bool IsFilled => Look == 0;
}

/// <summary>Where things of a panel stand, so that both renderers draw the same picture.</summary>
internal sealed class Frame
{
    // room that a letter of a note takes at the right end, in widths of the data
    private const double NoteLetter = 0.02;

    // a factor of four, so that there are ticks by which a logarithmic axis is known
    private const double LeastDecades = 0.6;

    private readonly int rows;
    private readonly (double Min, double Max) open;   // where intervals without an end stop: before the notes of rows
    private readonly List<string> lanes;      // families of marks in rows, each of which has its own part of a row
    private readonly List<Reference> verticals, levels;

    /// <summary>A frame for each panel, from the left.</summary>
    public static IReadOnlyList<Frame> Of(Graphic graphic) =>
        [.. graphic.Panels.Select((_, panel) => new Frame(graphic.Panels, panel))];

    private Frame(IReadOnlyList<Figure> panels, int panel)
    {
        var figure = panels[panel];
        (Figure, rows, lanes) = (figure, figure.Y.Categories?.Count ?? 0,
            [.. figure.Marks.OfType<RowMark>().Select(m => m.Family).Distinct()]);
        (IsHalf, XName) = (panels.Count > 1, panel == 0 ? "x" : $"x{panel + 1}");
        Across = !IsHalf ? (0, 1) : panel == 0 ? (0, 0.475) : (0.525, 1);
        References = [.. figure.Marks.OfType<Reference>()];
        (verticals, levels) = ([.. References.Where(r => r.Vertical)],
            [.. References.Where(r => !r.Vertical).OrderBy(r => r.Value)]);
        var marks = figure.Marks.Where(m => m is not Reference).ToList();
        var families = panels.SelectMany(p => p.Marks).Where(m => m is not Reference).Select(m => m.Family).Distinct()
            .ToList();
        var looks = Palette.Of(families);
        var inColours = marks.OfType<Bars>().Where(bars => bars.Models is not null).Select(bars => bars.Family)
            .ToHashSet();
        Series = [.. from mark in marks
                     let look = families.IndexOf(mark.Family)
                     let last = marks.Last(m => m.Name == mark.Name)
                     select new Drawn(mark, look, looks[look].Form,
                         rows > 0 && mark is Band || inColours.Contains(mark.Family) ? Theme.Ink
                             : Theme.Colour(looks[look].Colour),
                         mark == last && mark.Name.Length > 0 && mark is not Heat
                             && !panels.Take(panel).Any(p => p.Marks.Any(m => m.Name == mark.Name)))];
        var note = (figure.Y.Notes ?? []).SelectMany(n => n.Split('\n')).Select(line => line.Length).DefaultIfEmpty()
            .Max();
        X = figure.X.Categories is { } columns ? (-0.5, columns.Count - 0.5)
            : Reach(figure.Marks.SelectMany(m => m.Xs), figure.X, 0.03, 0.03 + NoteLetter * note);
        open = figure.X.Categories is null ? Reach(figure.Marks.SelectMany(m => m.Xs), figure.X, 0.02, 0.02) : X;
        Y = rows > 0 ? (-0.5, rows - (verticals.Count > 0 ? 0 : 0.5))
            : Reach(panels.SelectMany(p => p.Marks).SelectMany(m => m.Ys), figure.Y, 0.09, 0.06);
        var notes = (figure.Y.Notes ?? []).Select((note, row) => new Label(note, X.Max, rows - 1 - row, 1, 0, -4));
        var cells = figure.Marks.OfType<Heat>().SelectMany(InCells).ToList();
        var placement = new Placement(this);
        Labels = [.. verticals.Select(AtTop), .. AtEnds(placement), .. notes, .. cells];
        Labels = [.. Labels, .. placement.Beside(Labels)];
    }

    public Figure Figure { get; }

    /// <summary>Where the panel begins and ends, as shares of the width that all panels have.</summary>
    public (double Start, double End) Across { get; }

    /// <summary>Whether the panel is one of a pair, and so has its title above it.</summary>
    public bool IsHalf { get; }

    /// <summary>Of its x axis, as plotly.js numbers axes: x, x2.</summary>
    public string XName { get; }

    /// <summary>Ends of the axes.</summary>
    public (double Min, double Max) X { get; }
    public (double Min, double Max) Y { get; }


    public IReadOnlyList<Reference> References { get; }
    public IReadOnlyList<Drawn> Series { get; }
    public IReadOnlyList<Label> Labels { get; }

    /// <summary>Bars and points in rows are named by their rows, unless there are several of each.</summary>
    public bool HasLegend => Series.Count(s => s.Named) > Math.Min(rows, 1);

    /// <summary>Height of a mark in a row, which is 1 high and shared by all families in it.</summary>
    public double RowHeight => 0.6 / lanes.Count;

    /// <summary>Middle of each value of a mark in its row.</summary>
    public IReadOnlyList<double> Middles(RowMark mark) =>
        [.. mark.Rows.Select(row => rows - 1 - row + ((lanes.Count - 1) / 2.0 - lanes.IndexOf(mark.Family)) * 1.15
            * RowHeight)];

    /// <summary>Of each bar.</summary>
    public IReadOnlyList<string> Colours(Bars bars, Drawn drawn) => bars.Models is { } models
        ? [.. Palette.Of(models).Select(look => Theme.Colour(look.Colour))]
        : [.. bars.Values.Select(_ => drawn.Colour)];

    /// <summary>For each interval of a mark with one end, where it begins and where its arrow stops.</summary>
    public IReadOnlyList<Arrow> Arrows(Mark mark)
    {
        var places = mark switch { RowMark row => Middles(row), PlaneMark plane => plane.X, _ => [] };
        return [.. mark.Spans.Zip(places).Where(s => s.First.IsOpen).Select(s =>
        {
            var (span, at) = s;
            var above = double.IsFinite(span.Low);
            var (known, ends) = (above ? span.Low : span.High, mark is RowMark ? open : Y);
            var end = above ? ends.Max : ends.Min;
            return mark is RowMark ? new Arrow(known, at, end, at, above) : new Arrow(at, known, at, end, above);
        })];
    }

    /// <summary>What is written into the cells, in their middles.</summary>
    private IEnumerable<Label> InCells(Heat heat) =>
        from row in Enumerable.Range(0, heat.Texts is null ? 0 : heat.Rows)
        from column in Enumerable.Range(0, heat.Columns)
        select new Label(heat.Texts![row, column], column, rows - 1 - row, 0, 0, 0);

    /// <summary>Above the first row, and on the side of the line that has room.</summary>
    private Label AtTop(Reference line)
    {
        double At(double x) => Figure.X.Scaled(x);
        var side = At(line.Value) - At(X.Min) < 0.5 * (At(X.Max) - At(X.Min)) ? -1 : 1;
        return new Label(line.Name, line.Value, rows - 0.25, side, 0, -4 * side);
    }

    /// <summary>At the right end and over the line, or where there is room. Lines that are closer to each other than a
    /// text is high have one label, over the highest of them.</summary>
    private IEnumerable<Label> AtEnds(Placement placement)
    {
        var names = new List<string>();
        foreach (var (line, next) in levels.Zip(levels.Skip(1).Append(null)))
        {
            names.Insert(0, line.Name);
            if (!line.Below && next is not null && next.Value - line.Value < 0.07 * (Y.Max - Y.Min)) continue;
            var (text, rise) = (string.Join(", ", names), line.Below ? -1 : 1);
            yield return placement.First([.. from side in (int[])[1, -1] from up in (int[])[rise, -rise]
                select new Label(text, side > 0 ? X.Max : X.Min, line.Value, side, up, -4 * side)]);
            names.Clear();
        }
    }

    private static (double, double) Reach(IEnumerable<double> values, Axis axis, double below, double above)
    {
        var scaled = values.Select(axis.Scaled).ToList();
        var (min, max) = (scaled.Min(), Math.Min(scaled.Max(), axis.Scaled(axis.Most)));
        if (axis.Log)
        {
            var more = Math.Max(0, LeastDecades - (max - min)) / 2;
            (min, max) = (min - more, max + more);
        }
        var span = max > min ? max - min : Math.Max(Math.Abs(max), 1);
        (min, max) = (min - below * span, max + above * span);
        return axis.Log ? (Math.Pow(10, min), Math.Pow(10, max)) : (min, max);
    }
}
