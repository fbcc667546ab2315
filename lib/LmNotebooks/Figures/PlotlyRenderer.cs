using LmNotebooks.Measures;
using Microsoft.FSharp.Collections;
using Newtonsoft.Json;
using Plotly.NET;

namespace LmNotebooks.Figures;

/// <summary>Draws a figure, or a pair, as an interactive chart.</summary>
/// <remarks>Properties are set by their plotly.js names: Plotly.NET's typed constructors take up to 70 F# options each.
/// Its default template is left out, since it is larger than most charts and paints a white ground.</remarks>
internal static class PlotlyRenderer
{
    // Faint: alpha, as two more hexadecimal digits of a colour
    private const string Faint = "5a", Clear = "rgba(0,0,0,0)";
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "x", "cross"];

    /// <summary>The content of <c>application/vnd.plotly.v1+json</c>: an object of data, layout and config.</summary>
    /// <remarks>Plotly.NET writes the same to the byte, but not in .NET Interactive, which brings an F# library of its
    /// own that Plotly.NET does not run on.</remarks>
    public static string ToJson(Graphic graphic)
    {
        var (data, layout, config) = Parts(graphic);
        return JsonConvert.SerializeObject(new { data, layout, config });
    }

    /// <summary>A graphic as a Plotly.NET chart, to be styled further.</summary>
    public static GenericChart ToChart(Graphic graphic)
    {
        var (data, layout, config) = Parts(graphic);
        return GenericChart.NewMultiChart(ListModule.OfSeq(data), layout, config, new DisplayOptions());
    }

    private static (List<Trace> Data, Layout Layout, Config Config) Parts(Graphic graphic)
    {
        var frames = Frame.Of(graphic);
        var (height, legend) = (Theme.Height(graphic), frames.Any(f => f.HasLegend));
        var under = 60 + Theme.More(graphic);   // the axis and its title
        var (top, foot) = (50 + Theme.LineHeight * Theme.Subtitle(graphic).Count, legend ? under + 35 : under);
        var layout = Set(new Layout(),
            ("title", new { text = Heading(graphic), x = 0.5, yref = "container", y = 1, yanchor = "top",
                pad = new { t = 14 }, font = new { size = Theme.FontSize } }),
            ("meta", new { rest = graphic.Rest, made = graphic.Made.Length > 0 ? graphic.Made : null }),
            ("height", height), ("autosize", true), ("margin", new { t = top, r = 20, b = foot, l = 60 }),
            ("font", new { color = Theme.Text, size = Theme.FontSize }),
            ("paper_bgcolor", Theme.Ground), ("plot_bgcolor", Clear), ("barmode", "overlay"), ("hovermode", "closest"),
            ("showlegend", legend),
            ("legend", new { orientation = "h", y = Numbers.Short(-(double)under / (height - top - foot)),
                yanchor = "top",
                x = 0.5,
                xanchor = "center" }),
            ("xaxis", ToAxis(frames[0].Figure.X, frames[0].Figure.XTitle, frames[0].X, upwards: false)),
                ("yaxis", ToAxis(frames[0].Figure.Y, frames[0].Figure.YTitle, frames[0].Y,
                    upwards: true)),
            ("shapes", frames.SelectMany(f => f.References.Select(line => ToLine(f, line))).ToList()),
            ("annotations", frames.SelectMany(f =>
                (IEnumerable<object>)[.. f.Labels.Select(label => ToText(f, label)), .. ToHeading(f)]).ToList()));
        foreach (var f in frames.Where(f => f.IsHalf))
            layout.SetProperty(f.XName.Replace("x", "xaxis"),
                Set(ToAxis(f.Figure.X, f.Figure.XTitle, f.X, upwards: false),
                    ("domain", Short([f.Across.Start, f.Across.End]))));
        var config = Set(new Config(), ("responsive", true), ("displaylogo", false), ("displayModeBar", false));
        var traces = frames.SelectMany(f => f.Series.SelectMany(s =>
            ToArrows(f, s).Prepend(ToTrace(f, s)).Select(t => Set(t, ("xaxis", f.IsHalf ? f.XName : null)))));
        return (traces.ToList(), layout, config);
    }

    private static Trace ToTrace(Frame frame, Drawn drawn)
    {
        var (mark, colour) = (drawn.Mark, drawn.Colour);
        var form = mark switch { Points { Censoring: Censoring.Above } => "triangle-right",
            Points { Censoring: Censoring.Below } => "triangle-left",
            _ => Symbols[drawn.Form % Symbols.Length] };
        var shape = form + (mark is Points { Intervals: null } or { Hollow: true } ? "-open" : "");
        var symbol = new { symbol = shape, size = 8, color = colour,
            maxdisplayed = mark is Line { Texts: null, Intervals: null } ? 8 : 0 };
        var (type, name) = (mark switch { Bars => "bar", Heat => "heatmap", _ => "scatter" }, Escape(mark.Name));
        var trace = Set(new Trace(type), ("name", name), ("legendgroup", name), ("showlegend", drawn.Named));
        return mark switch
        {
            Dots dots => Set(InPlane(dots, "markers"), ("marker", symbol)),
            Line line => Set(InPlane(line, line.Bare ? "lines" : "lines+markers"), ("marker", symbol),
                ("line", new { color = colour, width = line.Bare ? 1 : 2,
                    dash = Dashes[line.Bare ? 1 : drawn.Form % Dashes.Length] })),
            Band band => Set(trace, ("mode", "lines"), ("fill", "toself"), ("hoverinfo", "skip"),
                ("line", new { width = 0 }), ("fillcolor", colour + Faint),
                ("x", Short([.. band.X, .. band.X.Reverse()])), ("y", Short([.. band.High, .. band.Low.Reverse()]))),
            // a whole marker also at the end of the axis
            Points points => Set(InRows(points), ("mode", "markers"), ("marker", symbol), ("cliponaxis", false)),
            Bars bars => Set(InRows(bars), ("orientation", "h"), ("width", frame.RowHeight),
                ("marker", ToBoxes(frame.Colours(bars, drawn), drawn.IsFilled))),
            Heat heat => Set(trace, ("z", Upwards(heat)), ("zmin", heat.Ends.Least), ("zmax", heat.Ends.Most),
                ("xgap", 1), ("ygap", 1), ("colorscale", ToColours(heat, colour)),
                ("colorbar", heat.Texts is null ? ToScale(name) : null),
                ("showscale", heat.Texts is null ? null : false), ("hoverongaps", heat.Texts is null ? null : false),
                ("hovertemplate", "%{y}, %{x}: %{z}<extra></extra>")),
            _ => throw new ArgumentException($"{mark.GetType().Name} cannot be drawn."),
        };

        Trace InPlane(PlaneMark plane, string mode) =>
            Set(trace, ("mode", mode), ("x", Short(plane.X)), ("y", Short(plane.Y)),
            ("error_y", ToError(plane.Y, plane.Intervals, colour)),
            ("error_x", ToError(plane.X, plane.Across, colour)),
            ("text", plane.Texts?.Select(Escape).ToList()),
                ("hovertemplate", plane.Texts is null ? null : "%{text}: %{x}, %{y}"));

        Trace InRows(RowMark rows) => Set(trace, ("x", Short(rows.Values)), ("y", Short(frame.Middles(rows))),
            ("error_x", ToError(rows.Values, rows.Intervals, Theme.Ink)),
            ("customdata", rows.Rows.Select(row => Escape(frame.Figure.Y.Categories![row])).ToList()),
                ("hovertemplate", "%{customdata}: %{x}"));
    }

    private static object ToScale(string name) => new
    {
        title = new { text = name, side = "right", font = new { size = Theme.FontSize } }, thickness = 14,
        outlinewidth = 0,
    };

    private static object[][] ToColours(Heat heat, string colour)
    {
        var full = heat.Texts is null ? "ff" : $"{Theme.Pale:x2}";
        return !heat.IsSigned ? [[0, colour + "00"], [1, colour + full]]
            : [[0, Theme.Signs.Below + full], [0.5, Theme.Signs.Below + "00"], [0.5, Theme.Signs.Above + "00"],
                [1, Theme.Signs.Above + full]];
    }

    private static object ToBoxes(IReadOnlyList<string> colours, bool filled) => new
    {
        color = colours.Select(colour => filled ? colour + Faint : Clear).ToList(),
        line = new { color = colours, width = 2 },
    };

    private static object? ToError(IReadOnlyList<double> values, IReadOnlyList<Spread>? intervals, string colour) =>
        intervals is null ? null : new
    {
        type = "data", symmetric = false, color = colour, thickness = 2, width = 5,
        array = Lengths(intervals, values, (i, v) => i.High - v),
            arrayminus = Lengths(intervals, values, (i, v) => v - i.Low),
    };

    /// <remarks>plotly.js draws no bar where the length is no number; a length of 0 would have a cap.</remarks>
    private static List<object> Lengths(IReadOnlyList<Spread> intervals, IReadOnlyList<double> values,
        Func<Spread, double, double> length) =>
        [.. intervals.Zip(values, (i, v) => i.IsClosed ? (object)Numbers.Short(length(i, v)) : "none")];

    private static IEnumerable<Trace> ToArrows(Frame frame, Drawn drawn)
    {
        var (across, colour) = (drawn.Mark is RowMark, drawn.Mark is RowMark ? Theme.Ink : drawn.Colour);
        return frame.Arrows(drawn.Mark).Select(arrow => Set(new Trace("scatter"), ("mode", "lines+markers"),
            ("hoverinfo", "skip"), ("showlegend", false),
            ("x", Short([arrow.FromX, arrow.ToX])), ("y", Short([arrow.FromY, arrow.ToY])),
            ("line", new { color = colour, width = 2 }),
            ("marker", new { color = colour, size = (int[])[0, 9], symbol = "triangle-"
                + ((across, arrow.Above) switch { (true, true) => "right", (true, false) => "left",
                    (false, true) => "up", _ => "down" }) })));
    }

    /// <remarks>plotly.js draws nothing where there is none.</remarks>
    private static List<List<double?>> Upwards(Heat heat) =>
        [.. from row in Enumerable.Range(1, heat.Rows)
            select Enumerable.Range(0, heat.Columns).Select(column => heat.Values[heat.Rows - row, column])
                .Select(value => double.IsNaN(value) ? (double?)null : Numbers.Short(value)).ToList()];

    private static DynamicObj.DynamicObj ToAxis(Axis axis, string title, (double Min, double Max) ends,
        bool upwards)
    {
        var drawn = Set(new DynamicObj.DynamicObj(),
            ("title", new { text = Escape(title), standoff = 10, font = new { size = Theme.FontSize } }),
            ("automargin", true), ("zeroline", false),
            ("showgrid", axis.Categories is null), ("gridcolor", "rgba(127,127,127,0.25)"), ("linecolor", Theme.Ink),
                ("type", axis.Log ? "log" : "linear"),
            ("range", new[] { Place(axis, ends.Min), Place(axis, ends.Max) }));
        if (axis.Categories is { } names)
            return Set(drawn, ("tickvals", names.Select((_, i) => upwards ? names.Count - 1 - i : i).ToList()),
                ("ticktext", names.Select(Escape).ToList()),
                ("tickangle", upwards ? null : -90));
        if (!axis.Log) return Set(drawn, ("dtick", axis.Whole ? 1 : null));
        var ticks = from power in Enumerable.Range(-12, 36) from digit in (double[])[1, 2, 5]
            select digit * Math.Pow(10, power);
        var inside = ticks.Where(t => t >= ends.Min && t <= ends.Max).ToList();
        return Set(drawn, ("tickvals", Short(inside)), ("ticktext", inside.Select(Numbers.Tick).ToList()));
    }

    private static DynamicObj.DynamicObj ToLine(Frame frame, Reference line) =>
        Set(new DynamicObj.DynamicObj(), ("type", "line"), ("layer", "below"),
        ("xref", line.Vertical ? frame.XName : "paper"),
        ("x0", line.Vertical ? line.Value : frame.Across.Start), ("x1", line.Vertical ? line.Value : frame.Across.End),
        ("yref", line.Vertical ? "paper" : "y"), ("y0", line.Vertical ? 0 : line.Value),
            ("y1", line.Vertical ? 1 : line.Value),
        ("line", new { color = Theme.Ink, width = 1.5, dash = "dash" }));

    private static DynamicObj.DynamicObj ToText(Frame frame, Label label) =>
        Set(new DynamicObj.DynamicObj(), ("text", Escape(label.Text)),
        ("showarrow", false), ("xref", frame.IsHalf ? frame.XName : null), ("x", Place(frame.Figure.X, label.X)),
            ("y", Place(frame.Figure.Y, label.Y)),
        ("xshift", label.Shift), ("xanchor", label.Side switch { < 0 => "left", 0 => "center", _ => "right" }),
        ("yanchor", label.Rise switch { < 0 => "top", 0 => "middle", _ => "bottom" }));

    /// <summary>The title, where a panel has none of its own, and the finding under it in lines.</summary>
    private static string Heading(Graphic graphic)
    {
        var finding = Theme.Subtitle(graphic).Select(Escape);
        return string.Join("<br>", graphic is Figure figure ? finding.Prepend($"<b>{Escape(figure.Title)}</b>")
            : finding);
    }

    /// <summary>The title of a panel, which plotly.js 2 does not know.</summary>
    private static IEnumerable<object> ToHeading(Frame frame) => !frame.IsHalf ? [] : [Set(new DynamicObj.DynamicObj(),
        ("text", Escape(frame.Figure.Title)), ("showarrow", false), ("font", new { size = 15 }),
        ("xref", "paper"), ("x", (frame.Across.Start + frame.Across.End) / 2), ("xanchor", "center"),
        ("yref", "paper"), ("y", 1), ("yanchor", "bottom"), ("yshift", 8))];

    /// <summary>Annotations on a logarithmic axis stand at the logarithm, shapes at the value.</summary>
    private static double Place(Axis axis, double value) => Numbers.Short(axis.Scaled(value));

    /// <summary>plotly.js reads tags in text, and drops those it does not know, such as &lt;eos&gt;.</summary>
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")
        .Replace("\n", "<br>");

    /// <summary>Six significant digits: more than a screen shows.</summary>
    private static double[] Short(IReadOnlyList<double> values) => [.. values.Select(Numbers.Short)];

    private static T Set<T>(T target, params (string Name, object? Value)[] properties) where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in properties) if (value is not null) target.SetProperty(name, value);
        return target;
    }
}
