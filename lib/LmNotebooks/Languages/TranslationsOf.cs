namespace LmNotebooks.Languages;

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
