using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>Answers a question by a model of the language alone, which need not have words for it: the text is
/// continued so that many words can follow, some of them more probable under one answer than under another. The
/// probability of an answer is that of all its words together, as the next word, made to sum to one over the
/// answers.</summary>
/// <param name="Ask">The text, and the words after it up to where the next one answers.</param>
/// <param name="Words">Ids of the words that stand for each answer, one list an answer; see
/// <see cref="LabelWords"/>.</param>
public sealed record SlotReader(ISequenceDistribution Model, Func<IReadOnlyList<int>, int[]> Ask,
    IReadOnlyList<IReadOnlyList<int>> Words) : IConditionalDistribution
{
    /// <summary>Number of answers.</summary>
    public int Vocabulary => Words.Count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prefix is not empty, or no word of any answer can follow.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => OneWord.Next(prefix, () =>
    {
        var next = Model.Next(Ask(source));
        double[] answers = [.. Words.Select(words => words.Sum(id => next[id]))];
        var sum = answers.Sum();
        return sum > 0 ? [.. answers.Select(p => p / sum)] : throw new ArgumentException(
            "No word of an answer can follow here: ask so that one can.");
    });

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No word of any answer can follow a text.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Select(e => OneWord.Logs(e.Target, [.. Next(e.Source, []).Select(p => Math.Log(p))]))];
}
