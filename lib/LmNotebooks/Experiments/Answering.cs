using LmNotebooks.Languages;

namespace LmNotebooks.Experiments;

/// <summary>A model of a language that answers questions about hidden causes of its texts, too.</summary>
/// <param name="Model">What it is as a model of the language.</param>
/// <param name="Readers">Who answers, by what is asked for.</param>
public sealed record Answering(ISequenceDistribution Model,
    IReadOnlyDictionary<Latent, IConditionalDistribution> Readers) : ISequenceDistribution
{
    /// <inheritdoc/>
    public int Vocabulary => Model.Vocabulary;

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> prefix) => Model.Next(prefix);

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
        Model.LogProbabilities(documents);
}
