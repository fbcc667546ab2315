using System.Text.Json;
using System.Xml.Linq;
using LmNotebooks.Figures;
using LmNotebooks.Tests.Charts;

namespace LmNotebooks.Tests.Figures;

public class ThemeTests
{
    public static TheoryData<string> Colours => [.. Theme.Series, Theme.Ink];

    [Theory, MemberData(nameof(Colours))]
    public void Every_colour_reads_on_white_and_on_a_dark_editor(string colour)
    {
        Assert.InRange(Contrast(colour, "#ffffff"), 3, 21);
        Assert.InRange(Contrast(colour, "#1e1e1e"), 3, 21);
    }

    [Fact]
    public void Text_reads_on_the_ground_that_a_figure_brings()
    {
        Assert.InRange(Contrast(Theme.Text, Theme.Ground), 4.5, 21);
        foreach (var graphic in Samples.Graphics.Values)
        {
            var layout = JsonDocument.Parse(PlotlyRenderer.ToJson(graphic)).RootElement.GetProperty("layout");
            Assert.Equal(Theme.Text, layout.GetProperty("font").GetProperty("color").GetString());
            Assert.Equal(Theme.Ground, layout.GetProperty("paper_bgcolor").GetString());
            var svg = XElement.Parse(SvgRenderer.ToSvg(graphic));
            var rgb = string.Join(',', Convert.FromHexString(Theme.Text[1..]));
            Assert.All(svg.Descendants().Where(e => e.Name.LocalName == "text"),
                text => Assert.Equal($"rgb({rgb})", text.Attribute("fill")?.Value));
            Assert.Equal(Theme.Ground, svg.Elements().First(e => e.Name.LocalName == "rect").Attribute("fill")?.Value);
        }
    }

    /// <summary>The colour stands over the ground, or over that of a dark page, on which text is light.</summary>
    [Theory, InlineData(Theme.Ground, Theme.Text), InlineData("#1e1e1e", "#d4d4d4")]
    public void A_number_reads_on_the_fullest_colour_of_a_cell(string ground, string text)
    {
        foreach (var colour in (string[])[Theme.Signs.Below, Theme.Signs.Above])
        {
            var mixed = Convert.FromHexString(colour[1..]).Zip(Convert.FromHexString(ground[1..]),
                (over, under) => (byte)((over * Theme.Pale + under * (255 - Theme.Pale)) / 255)).ToArray();
            Assert.InRange(Contrast(text, $"#{Convert.ToHexString(mixed)}"), 4.5, 21);
        }
    }

    [Fact]
    public void No_two_series_share_a_colour() => Assert.Distinct(Theme.Series);

    /// <summary>Contrast ratio of the Web Content Accessibility Guidelines 2.2.</summary>
    private static double Contrast(string a, string b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string colour)
    {
        var linear = Convert.FromHexString(colour[1..]).Select(c => c / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
