namespace LmNotebooks.Classroom;

/// <summary>Predictions: a reader learns more from a result after having guessed it.</summary>
public static class Predict
{
    /// <summary>Writes a guess down, before its result is seen.</summary>
    /// <param name="question">With its question mark.</param>
    /// <param name="guess">NaN while there is none: the prediction is open then, and nothing is kept.</param>
    /// <exception cref="ArgumentException">The guess is infinite.</exception>
    public static Prediction That(string question, double guess, string unit)
    {
        if (double.IsInfinity(guess))
            throw new ArgumentException($"Your guess for '{question}' is {guess}: write a number.");
        var prediction = new Prediction(question, guess, unit);
        if (!prediction.IsOpen) Predictions.Keep(prediction, null);
        return prediction;
    }
}
