namespace LmNotebooks.Languages;

/// <summary>Over documents: a language.</summary>
public interface ISequenceDistribution : IDistribution<int[]>
{
    /// <summary>P(. | prefix), V probabilities that sum to one; an empty prefix is the start of a document.</summary>
    double[] Next(IReadOnlyList<int> prefix);
}
