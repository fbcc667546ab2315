using LmNotebooks.Measures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>A chart, described once and independent of what draws it. <see cref="PlotlyRenderer"/> draws it
/// interactive, <see cref="SvgRenderer"/> static; a notebook kernel shows it by itself.</summary>
[TypeFormatterSource(typeof(FigureFormatters),
    PreferredMimeTypes = [FigureFormatters.Plotly, FigureFormatters.Svg, FigureFormatters.Text])]
public sealed record Figure : Graphic
{
    /// <exception cref="ArgumentException">There is nothing to draw, or a value cannot be drawn; the message says
    /// which.</exception>
    public Figure(string title, Axis x, Axis y, IEnumerable<Mark> marks, string caption)
    {
        (Title, X, Y, Marks, Caption) = (title, x, y, [.. marks.SelectMany(Seeds)], caption);
        if (Marks.All(m => m is Reference)) throw new ArgumentException($"\"{title}\" has nothing to draw.");
        foreach (var mark in Marks)
        {
            mark.Check();
            Require(mark, mark.Xs, x);
            Require(mark, mark.Ys, y);
            if (mark is RowMark { Rows: var rows }
                && (mark is Points ? rows.Max() >= (y.Categories?.Count ?? 0) : rows.Count != y.Categories?.Count))
                throw new ArgumentException($"{mark.Name} has {rows.Max() + 1} rows for {y.Categories?.Count ?? 0} "
                    + "names.");
            if (mark is Heat heat && (heat.Rows, heat.Columns) != (y.Categories?.Count, x.Categories?.Count))
                throw new ArgumentException($"{mark.Name} has {heat.Rows} rows and {heat.Columns} columns for "
                    + $"{y.Categories?.Count ?? 0} and "
                    + $"{x.Categories?.Count ?? 0} names.");
        }
    }

    public string Title { get; }
    public Axis X { get; }
    public Axis Y { get; }
    public IReadOnlyList<Mark> Marks { get; }

    public override string Caption { get; }

    /// <summary>What stands along the axes: the kind of the intervals, too, where some are drawn along one.</summary>
    internal string XTitle => Told(X, Marks.OfType<RowMark>().SelectMany(m => m.Spans)
        .Concat(Marks.OfType<PlaneMark>().SelectMany(m => m.Across ?? [])));
    internal string YTitle => Told(Y, Marks.OfType<PlaneMark>().SelectMany(m => m.Spans));

    private static string Told(Axis axis, IEnumerable<Spread> intervals) =>
        Whiskers.Kind(intervals) is { Length: > 0 } kind ? $"{axis.Title}\n{kind}" : axis.Title;

    /// <summary>A mark, and each value that is one of too few for an interval.</summary>
    private static IEnumerable<Mark> Seeds(Mark mark)
    {
        var few = mark.Spans.Index().Where(i => i.Item.Few.Count > 1)
            .SelectMany(i => i.Item.Few.Select((v, k) => (i.Index, Seed: v, Number: k))).ToList();
        if (few.Count == 0) return [mark];
        var seeds = few.Select(f => f.Seed).ToList();
        return [mark, mark switch
        {
            PlaneMark plane => new Dots(OneSeed,
                [.. few.Select(f => plane.Across?[f.Index].Few[f.Number] ?? plane.X[f.Index])], seeds)
                { Family = mark.Family, Hollow = true },
            RowMark rows => new Points(OneSeed, seeds, [.. few.Select(f => rows.Rows[f.Index])])
                { Family = mark.Family, Hollow = true },
            _ => throw new ArgumentException($"{mark.GetType().Name} has no intervals."),
        }];
    }

    internal override IReadOnlyList<Figure> Panels => [this];

    private const string OneSeed = "one seed";

    private static void Require(Mark mark, IEnumerable<double> values, Axis axis)
    {
        if (values.Any(v => !double.IsFinite(v)))
            throw new ArgumentException($"{mark.Name} has a value that is not a finite number ({axis.Title}).");
        if (axis.Log && values.Any(v => v <= 0))
            throw new ArgumentException($"{mark.Name} has a value of 0 or less on a logarithmic axis ({axis.Title}).");
    }
}
