using System.Globalization;

namespace LmNotebooks.Classroom;

/// <summary>A guess, written down before the result is seen.</summary>
public sealed record Prediction(string Question, double Guess, string Unit)
{
    /// <summary>The guess beside the result, in one sentence; both are kept, see <see cref="Predictions"/>.</summary>
    public string Against(double result)
    {
        Predictions.Keep(this, result);
        var off = Guess - result;
        var verdict = Math.Abs(off) <= 0.1 * Math.Abs(result) ? "within a tenth of it" : off > 0
            ? $"{Text(off)} too high" : $"{Text(-off)} too low";
        return $"{Question} You said {Text(Guess)}, it is {Text(result)} {Unit}: {verdict}.";
    }

    public override string ToString() => $"{Question} You say {Text(Guess)} {Unit}.";

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
