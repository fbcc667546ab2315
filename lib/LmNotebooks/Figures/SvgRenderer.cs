using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LmNotebooks.Measures;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace LmNotebooks.Figures;

/// <summary>Draws a figure, or a pair, as one static SVG element, which needs no script and no file beside
/// it.</summary>
public static partial class SvgRenderer
{
    private const byte Faint = 90;   // alpha
    private static readonly double[]?[] Dashes = [null, [5, 2], [1.5, 1.5], [5, 2, 1.5, 2]]; // in line widths
    private static readonly MarkerType[] Symbols =
        [MarkerType.Circle, MarkerType.Square, MarkerType.Diamond, MarkerType.Triangle, MarkerType.Cross,
            MarkerType.Plus];
    // arrow heads
    private static readonly ScreenPoint[] Right = [new(-1, -1), new(1, 0), new(-1, 1)],
        Left = [new(1, -1), new(-1, 0), new(1, 1)], Up = [new(-1, 1), new(0, -1), new(1, 1)],
        Down = [new(-1, -1), new(0, 1), new(1, -1)];
    private static readonly OxyColor Ink = OxyColor.Parse(Theme.Ink), Written = OxyColor.Parse(Theme.Text);

    /// <summary>An &lt;svg&gt; element as wide as its place, at most 720 px, with the caption as its accessible
    /// name.</summary>
    public static string ToSvg(Graphic graphic)
    {
        var height = Theme.Height(graphic);
        // Not every program that draws SVG knows another baseline than the alphabetic one.
        var exporter = new SvgExporter { Width = Theme.Width, Height = height, TextMeasurer = new Measurer(height),
            UseVerticalTextAlignmentWorkaround = true };
        var drawn = exporter.ExportToString(ToModel(graphic)).ReplaceLineEndings("\n")
            .Replace(" dominant-baseline=\"baseline\"", "");
        var caption = WebUtility.HtmlEncode(graphic.Caption);
        var body = drawn[(drawn.IndexOf('>', drawn.IndexOf("<svg", StringComparison.Ordinal)) + 1)..];
        // Several figures can stand in one page, where ids are shared.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caption + body)))[..8];
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Theme.Width} {height}\" "
            + $"width=\"{Theme.Width}\" height=\"{height}\" "
            + $"style=\"max-width:100%;height:auto\" role=\"img\" aria-label=\"{caption}\">\n  <title>{caption}</title>"
            + $"\n  <rect class=\"ground\" width=\"{Theme.Width}\" height=\"{height}\" fill=\"{Theme.Ground}\" />"
            + ClipId().Replace(body, $"c{id}-$1");
    }

    /// <summary>OxyPlot measures Helvetica in points. The reader's browser draws its own sans-serif in pixels, often a
    /// wider one.</summary>
    private sealed class Measurer(double height) : PdfRenderContext(Theme.Width, height, OxyColors.Transparent)
    {
        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var lines = text?.Split('\n').Select(line => base.MeasureText(line, "Arial", fontSize, fontWeight))
                .ToList();
            return lines is null ? default
                : new OxySize(1.55 * lines.Max(line => line.Width), 1.35 * lines.Sum(line => line.Height));
        }
    }

    private static PlotModel ToModel(Graphic graphic)
    {
        var frames = Frame.Of(graphic);
        var model = new PlotModel
        {
            Title = frames[0].IsHalf ? null : frames[0].Figure.Title, TitleFontSize = 15,
                TitleFontWeight = FontWeights.Bold, TitlePadding = 10, ClipTitle = false,
                TitleHorizontalAlignment = TitleHorizontalAlignment.CenteredWithinView,
            Subtitle = string.Join('\n', Theme.Subtitle(graphic)), SubtitleFontSize = Theme.FontSize,
            DefaultFont = "Arial, Helvetica, sans-serif", DefaultFontSize = Theme.FontSize,
                TextColor = Written,
            Background = OxyColors.Transparent, PlotAreaBorderColor = Ink,
                PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
            Padding = new OxyThickness(8, 10, 16, 8),
        };
        foreach (var frame in frames)
        {
            var across = ToAxis(frame.Figure.X, frame.Figure.XTitle, frame.X, AxisPosition.Bottom);
            (across.Key, across.StartPosition, across.EndPosition) =
                (frame.XName, frame.Across.Start, frame.Across.End);
            model.Axes.Add(across);
            if (frame.IsHalf) model.Axes.Add(ToHeading(frame));
        }
        model.Axes.Add(ToAxis(frames[0].Figure.Y, frames[0].Figure.YTitle, frames[0].Y,
            AxisPosition.Left));
        if (frames.Any(f => f.HasLegend))
            model.Legends.Add(new Legend
            {
                LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomCenter,
                    LegendOrientation = LegendOrientation.Horizontal,
                LegendSymbolLength = 32, LegendTextColor = Written, LegendMargin = 0,
            });
        foreach (var frame in frames) Fill(model, frame);
        return model;
    }

    /// <summary>The title of a panel: annotations would be cut off above it, an axis is not.</summary>
    private static LinearAxis ToHeading(Frame frame) => new()
    {
        Position = AxisPosition.Top, Key = "title of " + frame.XName, StartPosition = frame.Across.Start,
            EndPosition = frame.Across.End,
        Title = frame.Figure.Title, TitleFontSize = 15, AxisTitleDistance = 10, TickStyle = TickStyle.None,
            LabelFormatter = _ => "",
    };

    private static void Fill(PlotModel model, Frame frame)
    {
        foreach (var line in frame.References) model.Annotations.Add(ToLine(frame, line));
        foreach (var label in frame.Labels) model.Annotations.Add(ToText(frame, label));
        foreach (var drawn in frame.Series)
        {
            foreach (var (i, series) in ToSeries(frame, drawn).Index()) Add(series, drawn.Named && i == 0);
            if (drawn.Mark is RowMark { Intervals: { } across } inRows)
                Add(ToWhiskers(Ink, across.Zip(frame.Middles(inRows)).Where(r => r.First.IsClosed).Select(r =>
                    new ScatterErrorPoint((r.First.Low + r.First.High) / 2, r.Second, r.First.High - r.First.Low, 0))));
            if (drawn.Mark is PlaneMark { Intervals: { } up } inPlane)
                Add(ToWhiskers(OxyColor.Parse(drawn.Colour),
                    up.Zip(inPlane.X).Where(p => p.First.IsClosed).Select(p => new ScatterErrorPoint(p.Second,
                        (p.First.Low + p.First.High) / 2, 0, p.First.High - p.First.Low))));
            if (drawn.Mark is PlaneMark { Across: { } wide } dots)
                Add(ToWhiskers(OxyColor.Parse(drawn.Colour), wide.Zip(dots.Y).Where(p => p.First.IsClosed).Select(p =>
                    new ScatterErrorPoint((p.First.Low + p.First.High) / 2, p.Second, p.First.High - p.First.Low, 0))));
            foreach (var arrow in frame.Arrows(drawn.Mark))
            {
                var colour = OxyColor.Parse(drawn.Mark is RowMark ? Theme.Ink : drawn.Colour);
                Add(ToShaft(arrow, colour));
                Add(ToHead(arrow, colour, (drawn.Mark is RowMark, arrow.Above) switch
                {
                    (true, true) => Right, (true, false) => Left, (false, true) => Up, _ => Down,
                }));
            }
            if (drawn.Mark is Heat heat) model.Axes.Add(ToColours(heat, OxyColor.Parse(drawn.Colour)));

            void Add(XYAxisSeries series, bool named = false)
            {
                (series.Title, series.RenderInLegend, series.XAxisKey) =
                    (named ? drawn.Mark.Name : null, named, frame.XName);
                model.Series.Add(series);
            }
        }
    }

    private static IEnumerable<XYAxisSeries> ToSeries(Frame frame, Drawn drawn) => drawn.Mark is not Bars bars
        ? [ToOne(frame, drawn)]
        : bars.Values.Zip(frame.Middles(bars), frame.Colours(bars, drawn)).Select(bar =>
            ToBox(bar.First, bar.Second, OxyColor.Parse(bar.Third), frame.RowHeight / 2, drawn.IsFilled));

    private static RectangleBarSeries ToBox(double value, double middle, OxyColor colour, double half, bool filled) =>
        new()
        {
            FillColor = filled ? OxyColor.FromAColor(Faint, colour) : OxyColors.Transparent, StrokeColor = colour,
            StrokeThickness = 2,
            Items = { new RectangleBarItem(Math.Min(0, value), middle - half, Math.Max(0, value), middle + half) },
        };

    private static XYAxisSeries ToOne(Frame frame, Drawn drawn)
    {
        var colour = OxyColor.Parse(drawn.Colour);
        var (faint, dash, symbol) = (OxyColor.FromAColor(Faint, colour), Dashes[drawn.Form % Dashes.Length],
            Symbols[drawn.Form % Symbols.Length]);
        switch (drawn.Mark)
        {
            case Dots dots:
                return Path(dots.X, dots.Y, OxyColors.Transparent, 0);
            case Line line:
                return Path(line.X, line.Y, colour, line is { Texts: null, Intervals: null } ? 60 : 0);
            case Points points:
                return Path(points.Values, frame.Middles(points), OxyColors.Transparent, 0);
            case Band band:
                var area = new AreaSeries { Fill = faint, StrokeThickness = 0 };
                area.Points.AddRange(ToPoints(band.X, band.High));
                area.Points2.AddRange(ToPoints(band.X, band.Low));
                return area;
            case Heat heat:
                var cells = new double[heat.Columns, heat.Rows];   // columns from the left, rows upwards
                for (var x = 0; x < heat.Columns; x++)
                    for (var y = 0; y < heat.Rows; y++) cells[x, y] = heat.Values[heat.Rows - 1 - y, x];
                return new HeatMapSeries
                {
                    X0 = -0.5, X1 = heat.Columns - 0.5, Y0 = -0.5, Y1 = heat.Rows - 0.5,
                        CoordinateDefinition = HeatMapCoordinateDefinition.Edge,
                    Data = cells, Interpolate = false, RenderMethod = HeatMapRenderMethod.Rectangles,
                };
            default:
                throw new ArgumentException($"{drawn.Mark.GetType().Name} cannot be drawn.");
        }

        LineSeries Path(IEnumerable<double> xs, IEnumerable<double> ys, OxyColor stroke, int gap) => new()
        {
            ItemsSource = ToPoints(xs, ys), Color = stroke,
            Dashes = drawn.Mark is Line { Bare: true } ? Dashes[1] : dash,
            StrokeThickness = drawn.Mark is Line { Bare: true } ? 1 : 2, MarkerSize = 4, MarkerResolution = gap,
            MarkerType = drawn.Mark is Line { Bare: true } ? MarkerType.None
                : drawn.Mark is Points { Censoring: not Censoring.None } ? MarkerType.Custom : symbol,
            MarkerOutline = drawn.Mark is Points { Censoring: Censoring.Below } ? Left : Right,   // of custom markers
            MarkerFill = drawn.Mark is Points { Intervals: null } or { Hollow: true } ? OxyColors.Transparent : colour,
                MarkerStroke = colour,
        };
    }

    private static ScatterErrorSeries ToWhiskers(OxyColor colour, IEnumerable<ScatterErrorPoint> points) => new()
    {
        ItemsSource = points.ToList(), MarkerType = MarkerType.None, ErrorBarColor = colour,
            ErrorBarStrokeThickness = 2, ErrorBarStopWidth = 5,
    };

    private static LineSeries ToShaft(Arrow arrow, OxyColor colour) => new()
    {
        ItemsSource = (DataPoint[])[new(arrow.FromX, arrow.FromY), new(arrow.ToX, arrow.ToY)], Color = colour,
        StrokeThickness = 2,
    };

    private static LineSeries ToHead(Arrow arrow, OxyColor colour, ScreenPoint[] head) => new()
    {
        ItemsSource = (DataPoint[])[new(arrow.ToX, arrow.ToY)], Color = OxyColors.Transparent,
        MarkerType = MarkerType.Custom, MarkerOutline = head, MarkerSize = 4, MarkerFill = colour,
    };

    private static LinearColorAxis ToColours(Heat heat, OxyColor colour) => new()
    {
                // written numbers need no scale beside them
        Position = heat.Texts is null ? AxisPosition.Right : AxisPosition.None, Title = heat.Name,
        Minimum = heat.Ends.Least, Maximum = heat.Ends.Most, TicklineColor = Ink, MinorTickSize = 0,
        AxisTitleDistance = 8, LabelFormatter = Numbers.Tick, InvalidNumberColor = OxyColors.Transparent,
        Palette = new OxyPalette(Enumerable.Range(0, 101).Select(i => ToColour(heat, i, colour))),
    };

    /// <param name="percent">Of the way from the least value to the most.</param>
    private static OxyColor ToColour(Heat heat, int percent, OxyColor colour)
    {
        var step = (heat.Texts is null ? byte.MaxValue : Theme.Pale) / 100.0;
        if (!heat.IsSigned) return OxyColor.FromAColor((byte)(step * percent), colour);
        var sign = percent < 50 ? Theme.Signs.Below : Theme.Signs.Above;
        return OxyColor.FromAColor((byte)(step * Math.Abs(2 * percent - 100)), OxyColor.Parse(sign));
    }

    private static List<DataPoint> ToPoints(IEnumerable<double> xs, IEnumerable<double> ys) =>
        [.. xs.Zip(ys, (x, y) => new DataPoint(x, y))];

    private static OxyPlot.Axes.Axis ToAxis(Axis axis, string title, (double Min, double Max) ends,
        AxisPosition position)
    {
        OxyPlot.Axes.Axis drawn = axis.Log ? new LogarithmicAxis() : new LinearAxis();
        (drawn.Position, drawn.Title, drawn.Minimum, drawn.Maximum) = (position, title, ends.Min, ends.Max);
        (drawn.TicklineColor, drawn.MinorTickSize, drawn.AxisTitleDistance) = (Ink, 0, 8);
        (drawn.MajorGridlineColor, drawn.LabelFormatter) = (OxyColor.FromAColor(64, Ink), Numbers.Tick);
        if (axis.Categories is { } names)
        {
            var (upwards, last) = (position == AxisPosition.Left, names.Count - 1);
            (drawn.MajorStep, drawn.MajorTickSize, drawn.Angle) = (1, 0, upwards ? 0 : -90);
            drawn.LabelFormatter = v => (int)Math.Round(v) is var at && at >= 0 && at <= last
                ? names[upwards ? last - at : at] : "";
        }
        else
            (drawn.MajorGridlineStyle, drawn.MajorStep) = (LineStyle.Solid, axis.Whole ? 1 : double.NaN);
        return drawn;
    }

    private static LineAnnotation ToLine(Frame frame, Reference line) => new()
    {
        Type = line.Vertical ? LineAnnotationType.Vertical : LineAnnotationType.Horizontal, X = line.Value,
            Y = line.Value,
        Color = Ink, StrokeThickness = 1.5, LineStyle = LineStyle.Dash, Layer = AnnotationLayer.BelowSeries,
            XAxisKey = frame.XName,
    };

    private static TextAnnotation ToText(Frame frame, Label label) => new()
    {
        Text = label.Text, TextPosition = new DataPoint(label.X, label.Y),
            Offset = new ScreenVector(label.Shift, -3 * label.Rise), StrokeThickness = 0,
        TextHorizontalAlignment = (HorizontalAlignment)label.Side,
            TextVerticalAlignment = (VerticalAlignment)label.Rise, Padding = default,
        XAxisKey = frame.XName,
    };

    [GeneratedRegex("clipPath(\\d+)")]
    private static partial Regex ClipId();
}
