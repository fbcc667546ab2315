using System.Globalization;
using System.Text.RegularExpressions;
using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>Numbers as charts and captions write them, the same on every system.</summary>
internal static partial class Numbers
{
    /// <summary>With so many decimals.</summary>
    public static string Text(double value, int decimals) =>
        Plain(value.ToString("F" + decimals, CultureInfo.InvariantCulture));

    /// <summary>With its ends, which a mean of too few values for an interval does not have.</summary>
    public static string Text(Spread spread, int decimals) =>
        spread.Few.Count > 0 ? Text(spread.Value, decimals) : Plain(spread.ToString($"F{decimals}", null));

    /// <summary>What is rounded to zero has no sign: 0.00 and not -0.00.</summary>
    public static string Plain(string numbers) => NegativeZero().Replace(numbers, "");

    /// <summary>Rounded to six significant digits.</summary>
    public static double Short(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>An axis label: 20k, 1.5M.</summary>
    public static string Tick(double value)
    {
        var (size, power) = (Math.Abs(Short(value)), 0);
        while (size >= (power == 0 ? 1e4 : 1e3) && power < 3) (size, power) = (size / 1e3, power + 1);
        return (Math.Sign(value) * size).ToString("G4", CultureInfo.InvariantCulture)
            + ((string[])["", "k", "M", "B"])[power];
    }

    /// <summary>The items as one clause each, in a sentence.</summary>
    public static string Sentence(IEnumerable<string> clauses) => Plain(string.Join("; ", clauses)) + ".";

    [GeneratedRegex(@"(?<![\w.)])-(?=0(\.0+)?(?!\.?\d))")]
    private static partial Regex NegativeZero();
}
