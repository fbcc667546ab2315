using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>What several models have learned that were made alike, each of a set of examples of its own: of each the
/// tasks, the first of them its goal. Where one answer is asked for, it is what they say of the world's goal in the
/// mean; who has not learned that takes all answers for equally likely.</summary>
/// <param name="Goal">Of the world.</param>
/// <param name="Sets">Tasks of each model, in the same order.</param>
public sealed record Learned(Dataset Goal, IReadOnlyList<(Model Model, IReadOnlyList<LearnedTask> Tasks)> Sets)
    : IConditionalDistribution
{
    private readonly Readers? readers = Of(Sets, Goal.Name);

    public int Vocabulary => Goal.Vocabulary;

    /// <summary>Who does a task, one for each set; null where nobody has learned it.</summary>
    public Readers? Of(string task) => Of(Sets, task);

    /// <summary>What a task was learned from, and is tested on; null where nobody has learned it.</summary>
    public Dataset? DataOf(string task) => Sets[0].Tasks.FirstOrDefault(t => t.Data.Name == task)?.Data;

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        readers?.LogProbabilities(examples)
        ?? [.. examples.Select(e => e.Target.Select(_ => -Math.Log(Vocabulary)).ToArray())];

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
        readers?.Next(source, prefix) ?? [.. Enumerable.Repeat(1.0 / Vocabulary, Vocabulary)];

    private static Readers? Of(IReadOnlyList<(Model, IReadOnlyList<LearnedTask> Tasks)> sets, string task) =>
        sets[0].Tasks.Any(t => t.Data.Name == task)
            ? new([.. sets.Select(set => set.Tasks.First(t => t.Data.Name == task).Reader)]) : null;
}
