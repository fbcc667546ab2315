using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace LmNotebooks.Charts;

/// <summary>Draws a figure as one static SVG element, which needs no script and no file beside it.</summary>
public static partial class SvgRenderer
{
    private static readonly LineStyle[] Dashes = [LineStyle.Solid, LineStyle.Dash, LineStyle.Dot, LineStyle.DashDot];
    private static readonly MarkerType[] Symbols = [MarkerType.Circle, MarkerType.Square, MarkerType.Diamond, MarkerType.Triangle];
    private static readonly OxyColor Ink = OxyColor.Parse(Theme.Ink);

    /// <summary>An &lt;svg&gt; element as wide as its place, at most 720 px, with the caption as its accessible name.</summary>
    public static string ToSvg(Figure figure)
    {
        var height = Theme.Height(figure);
        var drawn = new SvgExporter { Width = Theme.Width, Height = height, TextMeasurer = new Measurer(height) }.ExportToString(ToModel(figure)).ReplaceLineEndings("\n");
        var caption = WebUtility.HtmlEncode(figure.Caption);
        var body = drawn[(drawn.IndexOf('>', drawn.IndexOf("<svg", StringComparison.Ordinal)) + 1)..];
        // Several figures can stand in one page, where ids are shared.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caption + body)))[..8];
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Theme.Width} {height}\" width=\"{Theme.Width}\" height=\"{height}\" "
            + $"style=\"max-width:100%;height:auto\" role=\"img\" aria-label=\"{caption}\">\n  <title>{caption}</title>"
            + ClipId().Replace(body, $"c{id}-$1");
    }

    /// <summary>OxyPlot measures Helvetica in points. The reader's browser draws its own sans-serif in pixels, often a wider one.</summary>
    private sealed class Measurer(double height) : PdfRenderContext(Theme.Width, height, OxyColors.Transparent)
    {
        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var points = base.MeasureText(text, "Arial", fontSize, fontWeight);
            return new OxySize(1.55 * points.Width, 1.35 * points.Height);
        }
    }

    private static PlotModel ToModel(Figure figure)
    {
        var frame = new Frame(figure);
        var model = new PlotModel
        {
            Title = figure.Title, TitleFontSize = 15, TitleFontWeight = FontWeights.Normal, TitlePadding = 10,
            DefaultFont = "Arial, Helvetica, sans-serif", DefaultFontSize = Theme.FontSize, TextColor = Ink,
            Background = OxyColors.Transparent, PlotAreaBorderColor = Ink, PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
            Padding = new OxyThickness(8, 0, 16, 8),
        };
        model.Axes.Add(ToAxis(figure.X, frame.X, AxisPosition.Bottom));
        model.Axes.Add(ToAxis(figure.Y, frame.Y, AxisPosition.Left));
        if (figure.Marks.Count(m => m is not Reference) > 1)
            model.Legends.Add(new Legend
            {
                LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomCenter, LegendOrientation = LegendOrientation.Horizontal,
                LegendSymbolLength = 32, LegendTextColor = Ink, LegendMargin = 0,
            });
        foreach (var line in figure.Marks.OfType<Reference>())
        {
            model.Annotations.Add(ToLine(line));
            model.Annotations.Add(LineLabel(frame, line));
        }
        foreach (var (mark, i) in figure.Marks.Where(m => m is not Reference).Select((m, i) => (m, i))) AddSeries(model, frame, mark, i);
        return model;
    }

    private static void AddSeries(PlotModel model, Frame frame, Mark mark, int i)
    {
        var colour = OxyColor.Parse(Theme.Colour(i));
        switch (mark)
        {
            case Line line:
                var drawn = new LineSeries
                {
                    Title = line.Name, Color = colour, LineStyle = Dashes[i % Dashes.Length],
                    MarkerType = Symbols[i % Symbols.Length], MarkerFill = colour, MarkerSize = 4, MarkerResolution = 60,
                };
                drawn.Points.AddRange(line.X.Zip(line.Y, (x, y) => new DataPoint(x, y)));
                model.Series.Add(drawn);
                break;
            case Band band:
                var area = new AreaSeries { Title = band.Name, Fill = OxyColor.FromAColor(90, colour), StrokeThickness = 0 };
                area.Points.AddRange(band.X.Zip(band.High, (x, y) => new DataPoint(x, y)));
                area.Points2.AddRange(band.X.Zip(band.Low, (x, y) => new DataPoint(x, y)));
                model.Series.Add(area);
                break;
            case Bars bars:
                var boxes = new RectangleBarSeries { Title = bars.Name, FillColor = i == 0 ? OxyColor.FromAColor(90, colour) : OxyColors.Transparent, StrokeColor = colour, StrokeThickness = 2 };
                var whiskers = new LineSeries { Color = Ink };
                for (var row = 0; row < bars.Values.Count; row++) AddBar(model, boxes, whiskers, bars, row, frame, i);
                model.Series.Add(boxes);
                model.Series.Add(whiskers);
                break;
        }
    }

    private static void AddBar(PlotModel model, RectangleBarSeries boxes, LineSeries whiskers, Bars bars, int row, Frame frame, int series)
    {
        var (middle, half) = (frame.BarAt(row, series), 0.43 * frame.BarHeight);
        boxes.Items.Add(new RectangleBarItem(Math.Min(0, bars.Values[row]), middle - half, Math.Max(0, bars.Values[row]), middle + half));
        if (bars.Interval is var (low, high))
        {
            Stroke(whiskers, low[row], middle, high[row], middle);
            foreach (var end in (double[])[low[row], high[row]]) Stroke(whiskers, end, middle - half / 3, end, middle + half / 3);
        }
        if (bars.Labels is { } labels)
            model.Annotations.Add(Label(labels[row], frame.LabelAt(bars, row), middle, HorizontalAlignment.Left, VerticalAlignment.Middle, 8));
    }

    private static void Stroke(LineSeries strokes, double x0, double y0, double x1, double y1) =>
        strokes.Points.AddRange([new DataPoint(x0, y0), new DataPoint(x1, y1), DataPoint.Undefined]);

    private static OxyPlot.Axes.Axis ToAxis(Axis axis, (double Min, double Max) ends, AxisPosition position)
    {
        OxyPlot.Axes.Axis drawn = axis.Log ? new LogarithmicAxis() : new LinearAxis();
        (drawn.Position, drawn.Title, drawn.Minimum, drawn.Maximum) = (position, axis.Title, ends.Min, ends.Max);
        (drawn.TicklineColor, drawn.MinorTickSize, drawn.AxisTitleDistance) = (Ink, 0, 8);
        (drawn.MajorGridlineColor, drawn.LabelFormatter) = (OxyColor.FromAColor(64, Ink), Numbers.Tick);
        if (axis.Categories is not { } names)
            drawn.MajorGridlineStyle = LineStyle.Solid;
        else
            (drawn.MajorStep, drawn.MajorTickSize, drawn.LabelFormatter) =
                (1, 0, v => (int)Math.Round(v) is var at && at >= 0 && at < names.Count ? names[names.Count - 1 - at] : "");
        return drawn;
    }

    private static LineAnnotation ToLine(Reference line) => new()
    {
        Type = line.Vertical ? LineAnnotationType.Vertical : LineAnnotationType.Horizontal, X = line.Value, Y = line.Value,
        Color = Ink, StrokeThickness = 1.5, LineStyle = LineStyle.Dash, Layer = AnnotationLayer.BelowSeries,
    };

    private static TextAnnotation LineLabel(Frame frame, Reference line)
    {
        if (line.Vertical)
            return Label(line.Name, line.Value, frame.LabelRow, (HorizontalAlignment)frame.Side(line.Value), VerticalAlignment.Middle, 0);
        var left = frame.AtLeft(line);
        return Label(line.Name, left ? frame.X.Min : frame.X.Max, line.Value, left ? HorizontalAlignment.Left : HorizontalAlignment.Right,
            line.Below ? VerticalAlignment.Top : VerticalAlignment.Bottom, left ? 4 : -4);
    }

    private static TextAnnotation Label(string text, double x, double y, HorizontalAlignment side, VerticalAlignment height, double shift) => new()
    {
        Text = text, TextPosition = new DataPoint(x, y), TextHorizontalAlignment = side, TextVerticalAlignment = height,
        Offset = new ScreenVector(shift, 0), StrokeThickness = 0, Padding = default,
    };

    [GeneratedRegex("clipPath(\\d+)")]
    private static partial Regex ClipId();
}
