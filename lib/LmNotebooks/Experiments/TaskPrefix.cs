using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>A word before each text that says what is to be done with it, as in text to text (Raffel et al.
/// 2020).</summary>
/// <param name="Inner">Reads the texts with that word.</param>
internal sealed record TaskPrefix(IConditionalDistribution Inner, int Word) : IConditionalDistribution
{
    /// <summary>The data with a word of its own, beyond those of the language, before each text.</summary>
    /// <param name="task">Its number, from 0.</param>
    /// <param name="tasks">Number of tasks.</param>
    public static Dataset Before(Dataset data, int task, int tasks)
    {
        var words = data.SourceVocabulary!.Value;
        Corpus With(Corpus corpus) =>
            Corpus.OfAnswers([.. corpus.Examples.Select(e => Before(e, words + task))], data.Start);
        return data with
        {
            SourceVocabulary = words + tasks, Train = With(data.Train), Test = With(data.Test),
            Hash = Dataset.Hashed($"{data.Hash} after word {task} of {tasks}"),
        };
    }

    public int Vocabulary => Inner.Vocabulary;

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        Inner.LogProbabilities([.. examples.Select(e => Before(e, Word))]);

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => Inner.Next([Word, .. source], prefix);

    private static Example Before(Example example, int word) => example with { Source = [word, .. example.Source] };
}
