using System.Globalization;

namespace LmNotebooks.Classroom;

/// <summary>Instant answers to exercises. A check never throws, so that a page with open exercises still runs to its end.</summary>
public static class Check
{
    /// <summary>Whether an answer is the expected number.</summary>
    /// <param name="what">What the number is, as the subject of a sentence.</param>
    /// <param name="hint">What to think about when it is not.</param>
    public static string Close(string what, double answer, double expected, double tolerance, string hint) =>
        Math.Abs(answer - expected) <= tolerance
            ? $"Right: {what} is {Text(answer)}."
            : $"Not yet: {what} should be {Text(expected)} (within {Text(tolerance)}), and yours is {Text(answer)}. Hint: {hint}";

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
