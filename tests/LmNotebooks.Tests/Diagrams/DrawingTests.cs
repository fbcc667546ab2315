using System.Xml.Linq;
using LmNotebooks.Diagrams;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Diagrams;

/// <summary>What holds of every diagram.</summary>
public class DrawingTests
{
    public static TheoryData<string> Kinds => [.. Pictures.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void The_picture_is_one_scalable_element_named_by_its_title_and_described_by_its_caption(string kind)
    {
        var drawing = Pictures.Of(kind);
        var svg = XElement.Parse(drawing.ToSvg());
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal([("title", drawing.Title), ("desc", drawing.Caption)],
            svg.Elements().Take(2).Select(e => (e.Name.LocalName, e.Value)));
        Assert.NotNull(svg.Attribute("viewBox"));
        Assert.DoesNotContain("dominant-baseline", drawing.ToSvg());
        Assert.DoesNotContain("url(", drawing.ToSvg());
        Assert.EndsWith(".", drawing.Caption);
        Assert.All(["NaN", "∞", "Infinity"], wrong => Assert.DoesNotContain(wrong, drawing.ToSvg()));
    }

    [Fact]
    public void A_kernel_is_offered_the_picture_and_its_sentence()
    {
        var drawing = Pictures.Of("pattern");
        Assert.Equal(["image/svg+xml", "text/plain"], Formatter.GetPreferredMimeTypesFor(drawing.GetType()));
        Assert.Equal(drawing.ToSvg(), Formatter.ToDisplayString(drawing, "image/svg+xml"));
        Assert.Equal(drawing.Caption, Formatter.ToDisplayString(drawing, "text/plain"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_objects_give_the_same_picture(string kind) =>
        Assert.Equal(Pictures.Of(kind).ToSvg(), Pictures.Of(kind).ToSvg());

    [Theory, MemberData(nameof(Kinds))]
    public void Texts_stay_on_the_paper_and_off_each_other(string kind)
    {
        var notes = Pictures.Of(kind).Shapes.OfType<Note>().ToList();
        Assert.All(notes, n => Assert.True(Left(n) >= 0 && Left(n) + Wide(n) <= Drawing.Width, n.Text));
        foreach (var (i, a) in notes.Index())
            foreach (var b in notes.Skip(i + 1))
                Assert.False(Math.Abs(a.Y - b.Y) < 0.4 * (a.Size + b.Size)
                    && Left(a) < Left(b) + Wide(b) && Left(b) < Left(a) + Wide(a), $"{a.Text} over {b.Text}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Texts_are_large_enough_for_a_telephone(string kind) =>
        // a page of 390 px leaves about 358 for the picture
        Assert.All(Pictures.Of(kind).Shapes.OfType<Note>(), n => Assert.True(n.Size * 358 / Drawing.Width > 8.9,
            n.Text));

    [Theory, MemberData(nameof(Kinds))]
    public void Texts_read_on_what_is_behind_them_in_light_and_in_dark(string kind)
    {
        var shapes = Pictures.Of(kind).Shapes;
        foreach (var (i, note) in shapes.Index().Where(s => s.Item is Note).Select(s => (s.Index, (Note)s.Item)))
        {
            var behind = shapes.Take(i).OfType<Box>().Where(b => b.Fill is not null && note.X >= b.X
                && note.X <= b.X + b.Width && note.Y >= b.Y && note.Y <= b.Y + b.Height).LastOrDefault()?.Fill
                ?? Tone.Paper;
            Assert.InRange(Contrast(note.Tone.Light, behind.Light), 4.5, 21);
            Assert.InRange(Contrast(note.Tone.Dark, behind.Dark), 4.5, 21);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Lines_and_edges_stand_out_from_the_paper(string kind) => Assert.All(Pictures.Of(kind).Shapes
        .Select(s => s switch { Stroke line => line.Tone, Box { Edge: { } edge } => edge, _ => Tone.Ink }), tone =>
    {
        Assert.InRange(Contrast(tone.Light, Tone.Paper.Light), 3, 21);
        Assert.InRange(Contrast(tone.Dark, Tone.Paper.Dark), 3, 21);
    });

    [Fact]
    public void A_word_too_long_for_its_place_is_written_smaller()
    {
        var name = new string('a', 60);
        var notes = Pictures.With(Small.Config, keeps => Pictures.With(Small.Config, gives => Diagram.OfExchange(
            (name, keeps), ("B", gives), "body"))).Shapes.OfType<Note>();
        Assert.All(notes, n => Assert.True(Left(n) >= 0 && Left(n) + Wide(n) <= Drawing.Width, n.Text));
    }

    [Fact]
    public void A_text_is_written_and_not_read_as_markup() =>
        Assert.Contains("<text", new Drawing("a < b & \"c\"", "a < b.", top => ([], top)).ToSvg());

    private static double Wide(Note note) => 0.9 * Note.WidthOf(note.Text, note.Size);

    private static double Left(Note note) => note.X - Wide(note) * (note.Side + 1) / 2;

    /// <summary>Contrast ratio of the Web Content Accessibility Guidelines 2.2.</summary>
    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var linear = Convert.FromHexString(colour[1..]).Select(c => c / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
