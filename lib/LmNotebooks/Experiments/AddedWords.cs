using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Questions;

namespace LmNotebooks.Experiments;

/// <summary>A language model that new words were added to, each as rows of its table.</summary>
/// <param name="Rows">Of each new stem the rows of its forms, by id.</param>
public sealed record AddedWords(LanguageModel Model,
    IReadOnlyDictionary<Stem, IReadOnlyDictionary<int, WordRow>> Rows) : INewWordReader
{
    private readonly LanguageModel all = Model.WithRows(Rows.Values.SelectMany(rows => rows).ToDictionary());

    /// <inheritdoc/>
    public int Vocabulary => Model.Vocabulary;

    /// <inheritdoc/>
    public ISequenceDistribution Saying(Stem stem) => Model.WithRows(Rows.GetValueOrDefault(stem)
        ?? throw new ArgumentException($"'{stem.Form}' was not added to this model: it has "
            + $"{string.Join(", ", Rows.Keys.Select(s => s.Form))}."));

    /// <inheritdoc/>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) => all.LogProbabilities(documents);

    /// <inheritdoc/>
    public double[] Next(IReadOnlyList<int> prefix) => all.Next(prefix);
}
