using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Measures;

/// <summary>How far a model is from the truth: mean ln(P*(x_t) / M(x_t)) over the tokens of the same text, nats per
/// token. Zero is the limit of the language, and the expectation is never below it (Gibbs' inequality).</summary>
public static class Excess
{
    /// <summary>The mean over all tokens, with its standard error over documents, or over translations.</summary>
    public static Estimate Of<TExample>(IDistribution<TExample> truth, IDistribution<TExample> model,
        IReadOnlyList<TExample> examples)
    {
        var p = truth.LogProbabilities(examples);
        var m = model.LogProbabilities(examples);
        return Estimate.OfRatio([.. p.Zip(m, (inTruth, inModel) =>
            (inTruth.Sum() - inModel.Sum(), (double)inTruth.Length))]);
    }

    /// <summary>The mean over the test texts of a data set, with its 95 % interval over them: how far it would move
    /// with other texts of the same language.</summary>
    public static Interval Of(IDistribution truth, IDistribution model, Dataset data) =>
        data.SourceVocabulary is null
        ? Interval.Of(Of((ISequenceDistribution)truth, (ISequenceDistribution)model, data.Test.Documents))
        : Interval.Of(Of((IConditionalDistribution)truth, (IConditionalDistribution)model, data.Test.Examples));

    /// <summary>The mean over the tokens whose places have the same key, group by group: the kind of word, say, or its
    /// depth.</summary>
    /// <exception cref="ArgumentException">A document is not grammatical.</exception>
    public static IReadOnlyList<Group<TKey>> By<TKey>(Lingua truth, ISequenceDistribution model,
        IReadOnlyList<int[]> documents, Func<Place, TKey> key)
    {
        var (p, m) = (truth.LogProbabilities(documents), model.LogProbabilities(documents));
        return Groups.By(documents.SelectMany((document, d) => truth.Places(document)
            .Select((place, t) => (d, key(place), p[d][t] - m[d][t]))));
    }
}
