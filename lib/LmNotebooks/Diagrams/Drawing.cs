using System.Xml.Linq;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Diagrams;

/// <summary>A diagram: boxes, lines and texts at their places, and one sentence that says the same. A notebook kernel
/// shows it as a picture; a client without pictures shows the sentence.</summary>
[TypeFormatterSource(typeof(DrawingFormatters), PreferredMimeTypes = [FigureFormatters.Svg, FigureFormatters.Text])]
public sealed record Drawing
{
    /// <summary>Units across. A telephone shows a unit as a little less than a pixel, so texts stay readable.</summary>
    internal const double Width = 440;

    /// <summary>Pixels across, where there is room for as many.</summary>
    internal const double Widest = 560;

    /// <summary>Free at each side.</summary>
    internal const double Margin = 12;

    private const double TitleSize = 17, TitleLine = 22;

    private readonly double height;

    /// <param name="caption">What is to be seen, for those who do not see it.</param>
    /// <param name="draw">Draws under the title, from this height on, and says how far it came.</param>
    internal Drawing(string title, string caption, Func<double, (IEnumerable<Shape> Shapes, double Bottom)> draw)
    {
        (Title, Caption) = (title, caption);
        var lines = Note.Lines(title, Width - 2 * Margin, TitleSize);
        var (shapes, bottom) = draw(Margin + lines.Count * TitleLine + Margin);
        Shapes = [.. lines.Select((line, i) =>
            new Note(Margin, Margin + (i + 0.5) * TitleLine, line) { Size = TitleSize }.Within(Width - 2 * Margin)),
            .. shapes];
        height = Math.Ceiling(bottom + Margin);
    }

    /// <summary>Stands above it.</summary>
    public string Title { get; }

    /// <summary>What is to be seen, in words.</summary>
    public string Caption { get; }

    internal IReadOnlyList<Shape> Shapes { get; }

    /// <summary>An &lt;svg> element as wide as its place, at most 560 px, named by its title and described by its
    /// caption. Paper and ink change together between light and dark, so that the ink reads wherever the picture
    /// stands.</summary>
    public string ToSvg()
    {
        var pixels = $"{Shape.Number(Widest)}";
        var paper = new Box(0, 0, Width, height) { Fill = Tone.Paper, Edge = null, Round = 8 };
        var svg = new XElement(Shape.Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Shape.Number(Width)} {Shape.Number(height)}"),
            new XAttribute("width", pixels), new XAttribute("height", Shape.Number(height * Widest / Width)),
            new XAttribute("style", "max-width:100%;height:auto;color-scheme:light dark"),
            new XAttribute("role", "img"),
            new XAttribute("font-family", "Arial, Helvetica, sans-serif"),
            new XElement(Shape.Svg + "title", Title), new XElement(Shape.Svg + "desc", Caption),
            Shapes.Prepend(paper).Select(shape => shape.ToXml()));
        return svg.ToString().ReplaceLineEndings("\n");
    }

    public override string ToString() => Caption;
}
