using LmNotebooks.Tokens;

namespace LmNotebooks.Objectives;

/// <summary>An objective on a data set. What is learned together is a list of aims: text and a question about it, say,
/// or two questions, or a translation and a question.</summary>
/// <param name="Data">Null for the data of the run's goal.</param>
public sealed record Aim(IObjective Objective, Dataset? Data = null)
{
    /// <summary>How often a step is for this aim, in proportion to the shares of the others.</summary>
    public double Share { get; init; } = 1;

    /// <summary>What a data set is there for: to answer its question, or to predict its next token.</summary>
    public static Aim For(Dataset data) =>
        new(data.Question is { } question ? new Classification(question) : new CausalLm(), data);

    public override string ToString() => Data is null ? Objective.Name : $"{Objective.Name} on {Data.Name}";
}
