namespace LmNotebooks.Figures;

/// <summary>Colours that read on white and on #1e1e1e: each has a contrast of at least 3 to both. Series also differ in
/// dash and marker. No colour of text has 4.5 to both, so a figure brings its own ground.</summary>
internal static class Theme
{
    /// <summary>Okabe and Ito's palette for every kind of colour vision (2008), with sky blue and orange darkened for
    /// contrast on white. Yellow and black have no such shade and are left out.
    /// Six more follow for figures with many models.</summary>
    public static IReadOnlyList<string> Series { get; } =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#bf8300", "#3f9ad0",
            "#8e63ce", "#c8466b", "#7d8c00", "#a8683c", "#008b9a", "#4a6fe0"];

    /// <summary>Axes and reference lines.</summary>
    public const string Ink = "#7f7f7f";

    /// <summary>Text, and the ground that it stands on. A page that knows its own colours uses those.</summary>
    public const string Text = "#4d4d4d", Ground = "#ffffff";

    /// <summary>Font size in pixels.</summary>
    internal const int FontSize = 13;

    internal const int Width = 720;

    /// <summary>The two colours of signed values, of those below 0 and of those above.</summary>
    internal static (string Below, string Above) Signs => (Series[1], Series[0]);

    /// <summary>The alpha of a full colour that a text can be read on.</summary>
    internal const byte Pale = 0x66;

    /// <summary>Pixels of a line of the subtitle.</summary>
    internal const int LineHeight = 17;

    private const int Letters = 96;   // of a line of the subtitle

    /// <summary>The subtitle, in lines that fit.</summary>
    internal static IReadOnlyList<string> Subtitle(Graphic graphic) => Lines.Of(graphic.Finding, Letters);

    /// <summary>Pixels: figures grow with their rows, so that names never overlap.</summary>
    internal static int Height(Graphic graphic) => LineHeight * Subtitle(graphic).Count + More(graphic)
        + Plain(graphic.Panels[0]);

    /// <summary>Pixels that titles of the x axes need besides their first line.</summary>
    internal static int More(Graphic graphic) => LineHeight * graphic.Panels.Max(p => p.XTitle.Count(c => c == '\n'));

    private static int Plain(Figure figure) => (figure.X.Categories, figure.Y.Categories) switch
    {
        // names of columns are written upwards
        ({ } columns, { } rows) => 165 + 7 * columns.Max(c => c.Length) + 22 * rows.Count,
        (_, { } rows) => 165 + (rows.Any(r => r.Contains('\n')) ? 52 : 40) * rows.Count,
        _ => 420,
    };

    internal static string Colour(int series) => Series[series % Series.Count];
}
