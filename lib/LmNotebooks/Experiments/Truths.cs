using LmNotebooks.Languages;

namespace LmNotebooks.Experiments;

/// <summary>What is true of each of several tasks. Where one truth is asked for, it is that of the goal.</summary>
/// <param name="Of">By the name of the task.</param>
public sealed record Truths(IReadOnlyDictionary<string, IConditionalDistribution> Of, string Goal)
    : IConditionalDistribution
{
    public int Vocabulary => Of[Goal].Vocabulary;

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        Of[Goal].LogProbabilities(examples);

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Of[Goal].Next(source, prefix);
}
