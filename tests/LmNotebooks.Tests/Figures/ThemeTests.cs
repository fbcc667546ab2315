using LmNotebooks.Figures;

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
