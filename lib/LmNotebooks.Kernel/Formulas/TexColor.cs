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
        var parts = numbers.Split(',').Select(n => Part(n, scale)).ToList();
        return parts.Count == 3 ? "#" + string.Concat(parts) : Current;
    }

    private static string Part(string number, double scale)
    {
        var value = double.TryParse(number, CultureInfo.InvariantCulture, out var parsed) ? parsed * scale : 0;
        return ((int)Math.Clamp(value, 0, 255)).ToString("x2", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^([A-Za-z]+|#[0-9A-Fa-f]{3,8})$")]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9A-Fa-f]{6}$")]
    private static partial Regex Hex();
}
