using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>A question about texts of a language, whose answers have exactly known probabilities. It is a translation
/// into a language whose documents have one word: the ids 0 .. K-1 are the answers, and the target of an example is one
/// of them.</summary>
/// <param name="name">What is asked for, for charts and messages.</param>
/// <param name="answers">Number of answers, K.</param>
public abstract class Labelling(string name, Lingua language, int answers) : IConditionalDistribution
{
    public string Name => name;

    /// <summary>The language of the texts.</summary>
    public Lingua Language => language;

    /// <summary>Number of answers, K.</summary>
    public int Vocabulary => answers;

    /// <summary>The answer that is right of a drawn document, 0 .. K-1.</summary>
    public abstract int LabelOf(Document document);

    /// <summary>P(answer | document), K probabilities that sum to one. Exact.</summary>
    /// <exception cref="ArgumentException">The document is not grammatical, or the question has no meaning for
    /// it.</exception>
    public abstract double[] Posterior(IReadOnlyList<int> document);

    /// <summary>Draws documents with their answers; the same seed gives the same ones.</summary>
    public IReadOnlyList<Example> Sample(int count, int seed) =>
        [.. Documents(seed).Take(count).Select(d => new Example(d.Ids, [LabelOf(d)]))];

    /// <inheritdoc/>
    /// <remarks>Exact. Of a target that is no answer, and from its second word on, negative infinity.</remarks>
    /// <exception cref="ArgumentException">A source is not grammatical, or the question has no meaning for
    /// it.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Select(e => OneWord.Logs(e.Target, [.. Posterior(e.Source).Select(p => Math.Log(p))]))];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The source is not grammatical, or the prefix is not empty.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
        OneWord.Next(prefix, () => Posterior(source));

    /// <summary>The accuracy that nobody exceeds: the mean of the largest posterior over drawn documents.</summary>
    /// <param name="standardError">Documents are drawn until the standard error is this small.</param>
    public Estimate BayesAccuracy(double standardError = 0.002, int seed = 0) => Estimate.OfRatio(standardError,
        drawn => Sample(1000, Seeds.Mix(seed, drawn)).Select(example => (Posterior(example.Source).Max(), 1.0)));

    /// <summary>What the text leaves open of the answer, in nats: the loss that nobody goes below, the mean of
    /// -ln P(answer | document) over drawn documents.</summary>
    /// <inheritdoc cref="BayesAccuracy"/>
    public Estimate Entropy(double standardError = 0.002, int seed = 0) =>
        Estimate.OfEntropy(standardError, seed, (count, of) => LogProbabilities(Sample(count, of)));

    /// <summary>The documents that are asked about, without end; the same seed gives the same ones.</summary>
    protected virtual IEnumerable<Document> Documents(int seed) => language.Documents(seed);

    /// <summary>The posterior of an answer that the text leaves no doubt about.</summary>
    protected double[] Certainly(int answer)
    {
        var posterior = new double[answers];
        posterior[answer] = 1;
        return posterior;
    }
}
