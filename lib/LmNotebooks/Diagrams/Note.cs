using System.Xml.Linq;

namespace LmNotebooks.Diagrams;

/// <summary>A text in one line.</summary>
/// <param name="Y">The middle of its height: where a text stands is said by its base line, which all renderers know,
/// and not by an alignment, which some do not.</param>
internal sealed record Note(double X, double Y, string Text) : Shape
{
    private const double Rise = 0.35;   // of the middle of small letters over the base line, in sizes
    private const double Letter = 0.6; // width of an average letter of a wide typeface, in sizes
    private const double Gap = 5;       // between lines

    public double Size { get; init; } = 15;
    public Tone Tone { get; init; } = Tone.Ink;

    /// <summary>-1: begins at the point, 0: is centred on it, 1: ends at it.</summary>
    public int Side { get; init; } = -1;

    protected override XElement Draw() => new(Svg + "text",
        new XAttribute("x", Number(X)), new XAttribute("y", Number(Y + Rise * Size)),
        new XAttribute("font-size", Number(Size)),
        Side < 0 ? null : new XAttribute("text-anchor", Side == 0 ? "middle" : "end"),
        Painted(("fill", Tone)), Text);

    /// <summary>About how wide a text is.</summary>
    public static double WidthOf(string text, double size) => text.Length * Letter * size;

    /// <summary>This text, smaller if it would be wider.</summary>
    public Note Within(double width) => this with { Size = Math.Min(Size, width / (Text.Length * Letter)) };

    /// <summary>A text in lines of at most this width, broken between words.</summary>
    public static IReadOnlyList<string> Lines(string text, double width, double size) =>
        Figures.Lines.Of(text.Split(' '), line => WidthOf(line, size) <= width);

    /// <summary>Texts under each other, each in as many lines as it needs.</summary>
    public static (IReadOnlyList<Note> Notes, double Bottom) Paragraphs(double x, double top, double width,
        params IEnumerable<Note> like)
    {
        var notes = new List<Note>();
        foreach (var paragraph in like)
            foreach (var line in Lines(paragraph.Text, width, paragraph.Size))
            {
                notes.Add((paragraph with { X = x, Y = top + paragraph.Size / 2, Text = line }).Within(width));
                top += paragraph.Size + Gap;
            }
        return (notes, top);
    }
}
