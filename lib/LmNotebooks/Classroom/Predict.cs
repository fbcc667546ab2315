namespace LmNotebooks.Classroom;

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
