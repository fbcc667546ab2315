using System.Xml.Linq;

namespace LmNotebooks.Diagrams;

/// <summary>A line through points, perhaps with a head at its last.</summary>
internal sealed record Stroke(params (double X, double Y)[] Points) : Shape
{
    private const double Head = 6;

    public Tone Tone { get; init; } = Tone.Ink;
    public double Thick { get; init; } = 1.75;
    public bool Dashed { get; init; }

    /// <summary>Whether it leads somewhere; else it joins.</summary>
    public bool Arrow { get; init; } = true;

    protected override XElement Draw()
    {
        // The line ends inside the head, which would else be blunt.
        var ends = Points.ToArray();
        var ((fromX, fromY), (toX, toY)) = (ends[^2], ends[^1]);
        var length = Math.Sqrt((toX - fromX) * (toX - fromX) + (toY - fromY) * (toY - fromY));
        var (x, y) = ((toX - fromX) / length, (toY - fromY) / length);
        if (Arrow) ends[^1] = (toX - x * Head / 2, toY - y * Head / 2);
        var line = new XElement(Svg + "path", new XAttribute("d", Path(ends)),
            new XAttribute("stroke-width", Number(Thick)), new XAttribute("stroke-linejoin", "round"),
            Dashed ? new XAttribute("stroke-dasharray", "5 3") : null, Painted(("fill", null), ("stroke", Tone)));
        if (!Arrow) return line;
        var (backX, backY) = (toX - x * Head, toY - y * Head);
        var head = Path((toX, toY), (backX - y * Head / 1.6, backY + x * Head / 1.6),
            (backX + y * Head / 1.6, backY - x * Head / 1.6)) + "Z";
        return new XElement(Svg + "g", line, new XElement(Svg + "path", new XAttribute("d", head),
            Painted(("fill", Tone))));
    }

    private static string Path(params (double X, double Y)[] points) =>
        "M" + string.Join('L', points.Select(p => $"{Number(p.X)} {Number(p.Y)}"));
}
