using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Training;

/// <summary>What a strategy is given to plan with.</summary>
/// <param name="Tokens">Budget of all stages together, in tokens as <see cref="Corpus.Tokens"/> counts them.</param>
/// <param name="Goal">What the model is for: the test loss is the goal's.</param>
/// <param name="Data">All that there is to learn from, the goal's data among it.</param>
public sealed record Plan(long Tokens, Schedule Schedule, Aim Goal, IReadOnlyList<Dataset> Data)
{
    /// <summary>A plan to predict the next token of one data set, or of a translation.</summary>
    public Plan(long tokens, Schedule schedule, Dataset data)
        : this(tokens, schedule, new(new CausalLm(), data), [data])
    {
    }

    /// <summary>The plain text among the data.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Dataset Text => Data.FirstOrDefault(d => d.SourceVocabulary is null)
        ?? throw new ArgumentException("There is no plain text among the data, only questions or translations: add a "
            + "text.");
}
