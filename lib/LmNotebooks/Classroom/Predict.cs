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

/// <summary>Predictions: a reader learns more from a result after having guessed it.</summary>
public static class Predict
{
    /// <param name="question">With its question mark.</param>
    /// <exception cref="ArgumentException">The guess is not a number.</exception>
    public static Prediction That(string question, double guess, string unit)
    {
        if (!double.IsFinite(guess))
            throw new ArgumentException($"Your guess for '{question}' is {guess}: write a number.");
        var prediction = new Prediction(question, guess, unit);
        Predictions.Keep(prediction, null);
        return prediction;
    }
}
