using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>Answers a question by a model of the language alone: the probabilities of the answers as the next word
/// after the prompt, made to sum to one.</summary>
public sealed record PromptReader(ISequenceDistribution Model, PromptedLabel Question) : IConditionalDistribution
{
    /// <summary>Ids of the words that are taken for the answers; other than the question's own they make a
    /// control.</summary>
    public IReadOnlyList<int> Answers { get; init; } = Question.Answers;

    /// <inheritdoc/>
    public int Vocabulary => Answers.Count;

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => OneWord.Next(prefix, () =>
    {
        var next = Model.Next(Question.Ask(source));
        var sum = Answers.Sum(id => next[id]);
        return [.. Answers.Select(id => next[id] / sum)];
    });

    /// <inheritdoc/>
    /// <remarks>Negative infinity where the model thinks that no answer can follow.</remarks>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples)
    {
        var asked = examples.SelectMany(e => Answers, (e, id) => (int[])[.. Question.Ask(e.Source), id]);
        var logs = Model.LogProbabilities([.. asked]);
        return [.. examples.Select((e, n) =>
            OneWord.Logs(e.Target, Sharing([.. logs.Skip(n * Vocabulary).Take(Vocabulary).Select(log => log[^1])])))];
    }

    /// <summary>The logarithms of shares of the whole.</summary>
    private static double[] Sharing(double[] logs)
    {
        var all = Mixture.LogSum(logs);
        return [.. logs.Select(log => double.IsNegativeInfinity(all) ? all : log - all)];
    }
}
