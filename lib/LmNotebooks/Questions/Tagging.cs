using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>The tag of every word as the question about a text. An answer is as long as its text, one tag a word, and
/// no tag depends on the others: it is a translation word by word.</summary>
/// <remarks>The grammar's state is known from the words, so the truth is never wrong.</remarks>
public sealed class Tagging(Lingua language) : IConditionalDistribution
{
    /// <summary>The language of the texts.</summary>
    public Lingua Language => language;

    /// <summary>Number of tags.</summary>
    public int Vocabulary { get; } = Enum.GetValues<Tag>().Length;

    /// <summary>The tag of every word of a document.</summary>
    /// <exception cref="ArgumentException">The document is not grammatical.</exception>
    public IReadOnlyList<Tag> TagsOf(IReadOnlyList<int> document) => language.Tags(document);

    /// <summary>Draws documents with their tags; the same seed gives the same ones.</summary>
    public IReadOnlyList<Example> Sample(int count, int seed) =>
        [.. language.Sample(count, seed).Select(d => new Example(d.Ids, [.. TagsOf(d.Ids).Select(tag => (int)tag)]))];

    /// <inheritdoc/>
    /// <remarks>Exact: 0 for the right tag, negative infinity for any other and after the text's end.</remarks>
    /// <exception cref="ArgumentException">A source is not grammatical.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) => [.. examples.Select(example =>
    {
        var tags = TagsOf(example.Source);
        bool Right(int id, int t) => t < tags.Count && id == (int)tags[t];
        return example.Target.Select((id, t) => Right(id, t) ? 0 : double.NegativeInfinity).ToArray();
    })];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The source is not grammatical, or the prefix is as long as it.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix)
    {
        var tags = TagsOf(source);
        if (prefix.Count >= tags.Count)
            throw new ArgumentException("Every word of the source has its tag: no tag follows.");
        var next = new double[Vocabulary];
        next[(int)tags[prefix.Count]] = 1;
        return next;
    }
}
