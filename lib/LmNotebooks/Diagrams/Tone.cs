using LmNotebooks.Figures;

namespace LmNotebooks.Diagrams;

/// <summary>A colour on light paper and on dark paper.</summary>
/// <param name="Light">As #rrggbb.</param>
/// <param name="Dark">As #rrggbb.</param>
internal readonly record struct Tone(string Light, string Dark)
{
    /// <summary>What everything is drawn on.</summary>
    public static Tone Paper { get; } = new("#ffffff", "#1e1e1e");

    /// <summary>Texts, and the edges of boxes.</summary>
    public static Tone Ink { get; } = new("#1f2328", "#e4e7ea");

    /// <summary>Texts that are read second.</summary>
    public static Tone Quiet { get; } = new("#57606a", "#a8b1ba");

    /// <summary>What stays as it is.</summary>
    public static Tone Frozen { get; } = new("#d0d4d9", "#4b5157");

    /// <summary>The edge of what stays as it is.</summary>
    public static Tone FrozenEdge { get; } = new("#7f868d", "#8b9299");

    /// <summary>Lines in the colour of a series of the charts.</summary>
    public static Tone Line(int series) => new(Theme.Colour(series), Theme.Colour(series));

    /// <summary>Boxes in the colour of a series, so pale that ink reads on them.</summary>
    public static Tone Tint(int series) => Shade(series, 0.22, 0.35);

    /// <summary>A series' colour, of which so much is mixed into the paper, 0 to 1.</summary>
    public static Tone Shade(int series, double light, double dark) =>
        new(Mixed(Theme.Colour(series), Paper.Light, light), Mixed(Theme.Colour(series), Paper.Dark, dark));

    private static string Mixed(string colour, string paper, double share)
    {
        var (a, b) = (Convert.FromHexString(colour[1..]), Convert.FromHexString(paper[1..]));
        return "#" + Convert.ToHexStringLower([.. a.Zip(b, (x, y) => (byte)Math.Round(share * x + (1 - share) * y))]);
    }
}
