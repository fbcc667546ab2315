using System.Globalization;

namespace LmNotebooks.Charts;

/// <summary>Numbers as charts and captions write them, the same on every system.</summary>
internal static class Numbers
{
    /// <summary>With so many decimals.</summary>
    public static string Text(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    /// <summary>Rounded to six significant digits.</summary>
    public static double Short(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>An axis label: 20k, 1.5M.</summary>
    public static string Tick(double value)
    {
        value = Short(value);
        var (scaled, unit) = Math.Abs(value) switch { >= 1e9 => (value / 1e9, "B"), >= 1e6 => (value / 1e6, "M"), >= 1e4 => (value / 1e3, "k"), _ => (value, "") };
        return scaled.ToString("G4", CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>The items as one clause each, in a sentence.</summary>
    public static string Sentence(IEnumerable<string> clauses) => string.Join("; ", clauses) + ".";
}
