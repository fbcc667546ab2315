namespace LmNotebooks.Languages;

/// <summary>Over documents given another document: a translator, or whoever answers a question about a text, since an
/// answer is a document of one word. Vocabulary and probabilities are the target's.</summary>
public interface IConditionalDistribution : IDistribution<Example>
{
    /// <summary>P(. | source, prefix of the target), V probabilities that sum to one.</summary>
    double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix);
}
