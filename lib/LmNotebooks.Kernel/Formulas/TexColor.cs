using System.Globalization;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>The colours of TeX as those of a page.</summary>
internal static partial class TexColor
{
    private const string Current = "currentColor";

    /// <param name="model">Such as rgb or HTML; null for a name.</param>
    /// <param name="color">A name, or numbers between commas. What is neither leaves the colour as it is.</param>
    public static string Css(string? model, string color)
    {
        color = color.Trim();
        return model switch
        {
            // Black would not be seen on a dark page.
            null => Name().IsMatch(color) && color != "black" ? color : Current,
            "HTML" => Hex().IsMatch(color) ? "#" + color : Current,
            "rgb" => Rgb(color, 255),
            "RGB" => Rgb(color, 1),
            "gray" => Rgb($"{color},{color},{color}", 255),
            _ => Current,
        };
    }

    private static string Rgb(string numbers, double scale)
    {
        var parts = numbers.Split(',').Select(n => double.TryParse(n, CultureInfo.InvariantCulture, out var value) ? Math.Clamp(value * scale, 0, 255) : 0).ToList();
        return parts.Count == 3 ? string.Concat(parts.Select(p => ((int)p).ToString("x2", CultureInfo.InvariantCulture)).Prepend("#")) : Current;
    }

    [GeneratedRegex("^([A-Za-z]+|#[0-9A-Fa-f]{3,8})$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9A-Fa-f]{6}$")]
    private static partial Regex Hex();
}
