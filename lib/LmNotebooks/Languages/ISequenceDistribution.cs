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

/// <summary>Over documents: a language.</summary>
public interface ISequenceDistribution : IDistribution<int[]>
{
    /// <summary>P(. | prefix), V probabilities that sum to one; an empty prefix is the start of a document.</summary>
    double[] Next(IReadOnlyList<int> prefix);
}

/// <summary>Over documents given another document: a translator, or whoever answers a question about a text, since an
/// answer is a document of one word. Vocabulary and probabilities are the target's.</summary>
public interface IConditionalDistribution : IDistribution<Example>
{
    /// <summary>P(. | source, prefix of the target), V probabilities that sum to one.</summary>
    double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix);
}

/// <summary>The translations of one source as a distribution over documents, so that what continues a text also
/// translates.</summary>
public sealed record TranslationsOf(IConditionalDistribution Translator, IReadOnlyList<int> Source)
    : ISequenceDistribution
{
    public int Vocabulary => Translator.Vocabulary;

    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
        Translator.LogProbabilities([.. documents.Select(target => new Example([.. Source], target))]);

    public double[] Next(IReadOnlyList<int> prefix) => Translator.Next(Source, prefix);
}
