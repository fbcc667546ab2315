using System.Xml.Linq;

namespace LmNotebooks.Diagrams;

/// <summary>Squares of one size and tone.</summary>
/// <param name="Corners">The upper left corner of each.</param>
internal sealed record Mosaic(IReadOnlyList<(double X, double Y)> Corners, double Size, Tone Tone) : Shape
{
    protected override XElement Draw() => new(Svg + "path",
        new XAttribute("d", string.Concat(Corners.Select(c =>
            $"M{Number(c.X)} {Number(c.Y)}h{Number(Size)}v{Number(Size)}h-{Number(Size)}z"))),
        Painted(("fill", Tone)));
}
