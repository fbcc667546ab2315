using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Experiments;

/// <summary>Several that answer one question, each trained on answers of its own, judged by their means. Its
/// log-probabilities are the means of theirs, so that its loss is their mean loss. Its own most probable answer would
/// be that of a vote: their mean accuracy is that of each of <see cref="All"/>.</summary>
public sealed record Readers(IReadOnlyList<IConditionalDistribution> All) : IConditionalDistribution
{
    /// <summary>The model that all of them were before an answer; null where there was none.</summary>
    public Model? Before { get; init; }

    /// <summary>Number of answers.</summary>
    public int Vocabulary => All[0].Vocabulary;

    /// <summary>Of anything that answers: those that are judged by their mean, or itself.</summary>
    public static IReadOnlyList<IConditionalDistribution> Of(IDistribution model) =>
        model is Readers readers ? readers.All : [(IConditionalDistribution)model];

    /// <inheritdoc/>
    /// <remarks>The means; they are no distribution where the readers differ.</remarks>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples)
    {
        var logs = All.Select(reader => reader.LogProbabilities(examples)).ToList();
        return [.. examples.Select((e, n) =>
            Enumerable.Range(0, e.Target.Length).Select(t => logs.Average(of => of[n][t])).ToArray())];
    }

    /// <inheritdoc/>
    /// <remarks>The mean of their probabilities.</remarks>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix)
    {
        var next = All.Select(reader => reader.Next(source, prefix)).ToList();
        return [.. next[0].Select((_, answer) => next.Average(of => of[answer]))];
    }
}
