namespace LmNotebooks.Languages;

/// <summary>A translator that is given other texts in place of those that it is asked to translate: what another has
/// made of them, say, or texts that have nothing to do with them.</summary>
/// <param name="Translator">Translates the other texts.</param>
/// <param name="Of">The text in the place of each.</param>
public sealed record OtherSources(IConditionalDistribution Translator, Func<IReadOnlyList<int>, int[]> Of)
    : IConditionalDistribution
{
    /// <summary>A translator that is given one text in the place of another.</summary>
    /// <param name="sources">The texts that it is asked to translate; of two that are the same, the first
    /// counts.</param>
    /// <param name="others">As many, in the same order.</param>
    public static OtherSources From(IConditionalDistribution translator, IReadOnlyList<int[]> sources,
        IReadOnlyList<int[]> others)
    {
        var by = sources.Zip(others).DistinctBy(p => Key(p.First)).ToDictionary(p => Key(p.First), p => p.Second);
        return new(translator, source => by.TryGetValue(Key(source), out var other) ? other
            : throw new ArgumentException("There is no other text in the place of this source: give one of the "
                + $"{by.Count} sources that have one."));
    }

    public int Vocabulary => Translator.Vocabulary;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No other text stands in the place of a source.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        Translator.LogProbabilities([.. examples.Select(e => e with { Source = Of(e.Source) })]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No other text stands in the place of the source.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Translator.Next(Of(source), prefix);

    private static string Key(IEnumerable<int> text) => string.Join(' ', text);
}
