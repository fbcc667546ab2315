namespace LmNotebooks.Questions;

/// <summary>What it means that an answer is a document of one word, for whoever answers a question about a
/// text.</summary>
internal static class OneWord
{
    /// <summary>The probabilities of the answers, which are those of the first word.</summary>
    /// <exception cref="ArgumentException">The prefix is not empty.</exception>
    public static double[] Next(IReadOnlyList<int> prefix, Func<double[]> answers) => prefix.Count == 0 ? answers()
        : throw new ArgumentException("The prefix is a whole answer: no word follows.");

    /// <summary>Of each word of a target the logarithm of its probability: of a first word that is no answer, and from
    /// the second word on, negative infinity.</summary>
    /// <param name="answers">Logarithms of the probabilities of all answers.</param>
    public static double[] Logs(int[] target, IReadOnlyList<double> answers) =>
        [.. target.Select((id, t) => t == 0 && id >= 0 && id < answers.Count ? answers[id] : double.NegativeInfinity)];
}
