using DynamicObj;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace LmNotebooks.Charts;

/// <summary>Draws a figure as an interactive chart.</summary>
/// <remarks>Properties are set by their plotly.js names: Plotly.NET's typed constructors take up to 70 F# options each. Its default template
/// is left out, since it is larger than most charts and paints a white ground.</remarks>
public static class PlotlyRenderer
{
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up"];

    /// <summary>The content of <c>application/vnd.plotly.v1+json</c>: an object of data, layout and config.</summary>
    public static string ToJson(Figure figure) => GenericChart.toJson(ToChart(figure));

    /// <summary>The same as a Plotly.NET chart, to be styled further.</summary>
    public static GenericChart ToChart(Figure figure)
    {
        var frame = new Frame(figure);
        var series = figure.Marks.Where(m => m is not Reference).Select((mark, i) => ToTrace(figure, frame, mark, i));
        var (height, legend) = (Theme.Height(figure), figure.Marks.Count(m => m is not Reference) > 1);
        var layout = Set(new Layout(),
            ("title", new { text = Escape(figure.Title), x = 0.5, font = new { size = 15 } }),
            ("height", height), ("autosize", true), ("margin", new { t = 50, r = 20, b = legend ? 95 : 60, l = 60 }),
            ("font", new { color = Theme.Ink, size = Theme.FontSize }),
            ("paper_bgcolor", "rgba(0,0,0,0)"), ("plot_bgcolor", "rgba(0,0,0,0)"), ("barmode", "overlay"), ("hovermode", "closest"),
            ("showlegend", legend),
            ("legend", new { orientation = "h", y = Numbers.Short(-60.0 / (height - 145)), yanchor = "top", x = 0.5, xanchor = "center" }),
            ("xaxis", ToAxis(figure.X, frame.X)), ("yaxis", ToAxis(figure.Y, frame.Y)),
            ("shapes", figure.Marks.OfType<Reference>().Select(ToShape).ToList()),
            ("annotations", frame.Labels.Select(label => ToText(figure, label)).ToList()));
        var config = Set(new Config(), ("responsive", true), ("displaylogo", false), ("displayModeBar", false));
        return GenericChart.NewMultiChart(ListModule.OfSeq(series), layout, config, new DisplayOptions());
    }

    private static Trace ToTrace(Figure figure, Frame frame, Mark mark, int i) => mark switch
    {
        Line line => Set(new Trace("scatter"), ("name", Escape(line.Name)), ("mode", "lines+markers"), ("x", Short(line.X)), ("y", Short(line.Y)),
            ("line", new { color = Theme.Colour(i), width = 2, dash = Dashes[i % Dashes.Length] }),
            ("marker", new { symbol = Symbols[i % Symbols.Length], size = 8, maxdisplayed = 8 })),
        Band band => Set(new Trace("scatter"), ("name", Escape(band.Name)), ("mode", "lines"), ("fill", "toself"), ("hoverinfo", "skip"), ("opacity", 0.35),
            ("x", Short([.. band.X, .. band.X.Reverse()])), ("y", Short([.. band.High, .. band.Low.Reverse()])),
            ("line", new { width = 0 }), ("fillcolor", Theme.Colour(i))),
        Bars bars => Error(bars, Set(new Trace("bar"), ("name", Escape(bars.Name)), ("orientation", "h"), ("width", frame.BarHeight),
            ("x", Short(bars.Values)), ("y", bars.Values.Select((_, row) => frame.BarAt(row, i)).ToList()),
            ("customdata", figure.Y.Categories?.Select(Escape).ToList()), ("hovertemplate", "%{customdata}: %{x}"),
            ("marker", new { color = i == 0 ? Theme.Colour(i) + "5a" : "rgba(0,0,0,0)", line = new { color = Theme.Colour(i), width = 2 } }))),
        _ => throw new ArgumentException($"{mark.GetType().Name} cannot be drawn."),
    };

    private static Trace Error(Bars bars, Trace trace) => bars.Interval is not var (low, high) ? trace : Set(trace, ("error_x", new
    {
        type = "data", symmetric = false, color = Theme.Ink, thickness = 2, width = 5,
        array = Short([.. high.Zip(bars.Values, (h, v) => h - v)]), arrayminus = Short([.. low.Zip(bars.Values, (l, v) => v - l)]),
    }));

    private static DynamicObj.DynamicObj ToAxis(Axis axis, (double Min, double Max) ends)
    {
        var drawn = Set(new DynamicObj.DynamicObj(), ("title", new { text = Escape(axis.Title), standoff = 10, font = new { size = Theme.FontSize } }),
            ("automargin", true), ("zeroline", false),
            ("showgrid", axis.Categories is null), ("gridcolor", "rgba(127,127,127,0.25)"), ("linecolor", Theme.Ink), ("type", axis.Log ? "log" : "linear"),
            ("range", new[] { Place(axis, ends.Min), Place(axis, ends.Max) }));
        if (axis.Categories is { } names)
            return Set(drawn, ("tickvals", names.Select((_, row) => names.Count - 1 - row).ToList()), ("ticktext", names.Select(Escape).ToList()));
        if (!axis.Log) return drawn;
        var ticks = from power in Enumerable.Range(-12, 36) from digit in (double[])[1, 2, 5] select digit * Math.Pow(10, power);
        var inside = ticks.Where(t => t >= ends.Min && t <= ends.Max).ToList();
        return Set(drawn, ("tickvals", Short(inside)), ("ticktext", inside.Select(Numbers.Tick).ToList()));
    }

    private static DynamicObj.DynamicObj ToShape(Reference line) => Set(new DynamicObj.DynamicObj(), ("type", "line"), ("layer", "below"),
        ("xref", line.Vertical ? "x" : "paper"), ("x0", line.Vertical ? line.Value : 0), ("x1", line.Vertical ? line.Value : 1),
        ("yref", line.Vertical ? "paper" : "y"), ("y0", line.Vertical ? 0 : line.Value), ("y1", line.Vertical ? 1 : line.Value),
        ("line", new { color = Theme.Ink, width = 1.5, dash = "dash" }));

    private static DynamicObj.DynamicObj ToText(Figure figure, Label label) => Set(new DynamicObj.DynamicObj(), ("text", Escape(label.Text)),
        ("showarrow", false), ("x", Place(figure.X, label.X)), ("y", Place(figure.Y, label.Y)), ("xshift", label.Shift),
        ("xanchor", label.Side switch { < 0 => "left", 0 => "center", _ => "right" }),
        ("yanchor", label.Rise switch { < 0 => "top", 0 => "middle", _ => "bottom" }));

    /// <summary>Annotations on a logarithmic axis stand at the logarithm, shapes at the value.</summary>
    private static double Place(Axis axis, double value) => Numbers.Short(axis.Log ? Math.Log10(value) : value);

    /// <summary>plotly.js reads tags in text, and drops those it does not know, such as &lt;eos&gt;.</summary>
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>Six significant digits: more than a screen shows.</summary>
    private static double[] Short(IReadOnlyList<double> values) => [.. values.Select(Numbers.Short)];

    private static T Set<T>(T target, params (string Name, object? Value)[] properties) where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in properties) target.SetProperty(name, value);
        return target;
    }
}
