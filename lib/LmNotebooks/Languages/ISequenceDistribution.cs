namespace LmNotebooks.Languages;

/// <summary>A probability distribution over token sequences: the true language, or somebody's model of it. Both answer the same two
/// questions, so every measure can put one beside the other.</summary>
public interface ISequenceDistribution
{
    /// <summary>Number of token ids, V; ids are 0 .. V-1.</summary>
    int Vocabulary { get; }

    /// <summary>ln P(x_t | x_1 .. x_{t-1}) in nats, for every token of every document (the document's start is implied).</summary>
    IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents);

    /// <summary>P(. | prefix), V probabilities that sum to one; an empty prefix is the start of a document.</summary>
    double[] Next(IReadOnlyList<int> prefix);
}
