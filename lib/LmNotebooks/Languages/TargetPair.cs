namespace LmNotebooks.Languages;

/// <summary>From the second language to the third, by way of what both mean, with exactly known probabilities: a text b
/// of the second translates one document a only, so P(c | b) is that of a's translations c, where b has told more of
/// the topic than a does.</summary>
public sealed class TargetPair : IConditionalDistribution
{
    /// <param name="second">The pair of the first language and the second.</param>
    public TargetPair(LinguaPair second) => (Second, Third) = (second, second.ToThird());

    /// <summary>From the first language to the second, which is the source here.</summary>
    public LinguaPair Second { get; }

    /// <summary>From the first language to the third, which is the target here.</summary>
    public LinguaPair Third { get; }

    /// <inheritdoc/>
    public int Vocabulary => Third.Vocabulary;

    /// <summary>Translations of the same drawn documents into either language; the same seed gives the same.</summary>
    public IReadOnlyList<Example> Sample(int count, int seed) =>
        [.. Second.Sample(count, seed).Zip(Third.Sample(count, seed), (b, c) => new Example(b.Target, c.Target))];

    /// <inheritdoc/>
    /// <remarks>Exact. From the first word on that no translation of the source has there, negative infinity.</remarks>
    /// <exception cref="ArgumentException">A source is no text of the second language.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Select(example => WordByWord.Logs(example.Target, Read(example.Source).Read))];

    /// <inheritdoc/>
    /// <remarks>Exact.</remarks>
    /// <exception cref="ArgumentException">The source is no text of the second language, or the prefix does not begin a
    /// translation of it, or is one.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Third.Next(Read(source), prefix);

    /// <summary>The entropy of translation in nats per target token, over drawn translations.</summary>
    /// <inheritdoc cref="Lingua.Entropy"/>
    public Estimate Entropy(double standardError = 0.002, int seed = 0) =>
        Estimate.OfEntropy(standardError, seed, (count, of) => LogProbabilities(Sample(count, of)));

    private TranslationFilter Read(IReadOnlyList<int> source)
    {
        var words = source.Select(Second.WordOf).OfType<TargetWord>().ToList();
        var document = new BackTranslation(Second.Source, words).Document();
        var whole = words is [.., { Source.Slot: Slot.Stop }];
        if (whole && double.IsFinite(Second.Source.LogProbabilities([document])[0].Sum()))
        {
            var second = Second.Read(document);
            if (source.All(id => second.Read(id) > 0)) return Third.Read(document, second.Topics);
        }
        throw new ArgumentException("The source is no text of the second language: it must be whole sentences of it.");
    }
}
