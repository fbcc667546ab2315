using System.Globalization;

namespace LmNotebooks.Classroom;

/// <summary>Instant answers to exercises. A check never throws, so that a page with open exercises still runs to its
/// end. A missing answer, NaN or null, leaves the exercise open and the expected value unsaid.</summary>
public static class Check
{
    private const int LeastDigits = 4, MostDigits = 17;

    /// <summary>Whether an answer is the expected number.</summary>
    /// <param name="what">What the number is, as the subject of a sentence.</param>
    /// <param name="hint">What to think about when it is not.</param>
    public static CheckResult Close(string what, double answer, double expected, double tolerance, string hint) =>
        Compare(what, hint, double.IsNaN(answer),
        () => IsClose(answer, expected, tolerance) ? null : $"should be {Apart(expected, answer, tolerance)}", () =>
            $"is {Text(answer, LeastDigits)}");

    /// <summary>Whether an answer is the expected list of numbers.</summary>
    public static CheckResult Close(string what, IEnumerable<double>? answer, IEnumerable<double> expected,
        double tolerance, string hint) =>
        Compare(what, hint, answer, expected, (a, e) => IsClose(a, e, tolerance), (e, a) => Apart(e, a, tolerance));

    /// <summary>Whether an answer equals the expected value.</summary>
    public static CheckResult Equal<T>(string what, T? answer, T expected, string hint) =>
        Compare(what, hint, answer is null,
        () => Equals(answer, expected) ? null : $"should be {Text(expected)}, and yours is {Text(answer)}", () =>
            $"is {Text(answer)}");

    /// <summary>Whether an answer is the expected list of values, in their order.</summary>
    public static CheckResult List<T>(string what, IEnumerable<T>? answer, IEnumerable<T> expected, string hint) =>
        Compare(what, hint, answer, expected, (a, e) => Equals(a, e), (e, a) => $"{Text(e)}, and yours is {Text(a)}");

    /// <summary>Whether something holds that has no single right value.</summary>
    /// <param name="what">What should hold, as a clause.</param>
    public static CheckResult True(bool condition, string what, string hint) =>
        condition ? new(Outcome.Right, $"Right: {what}.", hint)
            : new(Outcome.NotYet, $"Not yet: it should hold that {what}.", hint);

    private static CheckResult Compare<T>(string what, string hint, IEnumerable<T>? answer, IEnumerable<T> expected,
        Func<T, T, bool> same, Func<T, T, string> apart) => Compare(what, hint, answer is null, () =>
        {
            var (yours, right) = (answer!.ToList(), expected.ToList());
            if (yours.Count != right.Count) return $"should have {right.Count} items, and yours has {yours.Count}";
            var first = Enumerable.Range(0, right.Count).FirstOrDefault(i => !same(yours[i], right[i]), -1);
            return first < 0 ? null
                : $"goes wrong at item {first + 1}, which should be {apart(right[first], yours[first])}";
        }, () => "is right, item by item");

    /// <param name="wrong">What is wrong, as the predicate of a sentence; null if nothing is.</param>
    private static CheckResult Compare(string what, string hint, bool open, Func<string?> wrong, Func<string> right)
    {
        try
        {
            if (open) return new(Outcome.Open, $"Open: {what} is yours to find.", hint);
            return wrong() is { } text ? new(Outcome.NotYet, $"Not yet: {what} {text}.", hint)
                : new(Outcome.Right, $"Right: {what} {right()}.", hint);
        }
        // an answer can be a sequence that fails when it is read
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(Outcome.NotYet, $"Not yet: {what} cannot be compared, since your code says: {e.Message}", hint);
        }
    }

    private static bool IsClose(double answer, double expected, double tolerance) =>
        Math.Abs(answer - expected) <= tolerance || answer.Equals(expected);

    /// <summary>Both numbers, with as many digits as it takes to tell them apart.</summary>
    private static string Apart(double expected, double answer, double tolerance)
    {
        var digits = Enumerable.Range(LeastDigits, MostDigits - LeastDigits)
            .FirstOrDefault(d => Text(expected, d) != Text(answer, d), MostDigits);
        return $"{Text(expected, digits)} (within {Text(tolerance, LeastDigits)}), and yours is {Text(answer, digits)}";
    }

    private static string Text(double value, int digits) => value.ToString("G" + digits, CultureInfo.InvariantCulture);

    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
