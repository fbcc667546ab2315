namespace LmNotebooks.Languages;

/// <summary>A probability distribution over token sequences: the truth, or somebody's model of it. Both answer the same
/// questions, so every measure can put one beside the other.</summary>
public interface IDistribution
{
    /// <summary>Number of token ids, V; ids are 0 .. V-1.</summary>
    int Vocabulary { get; }
}

/// <summary>A distribution of which it is known what it reads.</summary>
/// <typeparam name="TExample">What the probabilities are read from: a document, or a source with its
/// translation.</typeparam>
public interface IDistribution<in TExample> : IDistribution
{

    /// <summary>ln P(x_t | x_1 .. x_{t-1}) in nats, for every predicted token of every example (the start is
    /// implied).</summary>
    IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<TExample> examples);
}
