using System.Xml.Linq;

namespace LmNotebooks.Diagrams;

/// <summary>A rectangle: a part, or a stretch of its time.</summary>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
internal sealed record Box(double X, double Y, double Width, double Height) : Shape
{
    public Tone? Fill { get; init; } = Tone.Tint(0);
    public Tone? Edge { get; init; } = Tone.Ink;
    public double Thick { get; init; } = 1.25;
    public double Round { get; init; } = 3;

    /// <summary>Of what does not last, or is not its own.</summary>
    public bool Dashed { get; init; }

    public double Middle => Y + Height / 2;

    protected override XElement Draw() => new(Svg + "rect",
        new XAttribute("x", Number(X)), new XAttribute("y", Number(Y)), new XAttribute("width", Number(Width)),
        new XAttribute("height", Number(Height)), new XAttribute("rx", Number(Round)),
        new XAttribute("stroke-width", Number(Thick)),
        Dashed ? new XAttribute("stroke-dasharray", "5 3") : null, Painted(("fill", Fill), ("stroke", Edge)));
}
