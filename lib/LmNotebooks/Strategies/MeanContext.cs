using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;

namespace LmNotebooks.Strategies;

/// <summary>A new word is the mean of the words around it (Lazaridou et al. 2017), beside what is around any word of
/// its kind.</summary>
/// <param name="Window">Words to either side that count.</param>
public sealed record MeanContext(int Window = 4) : INewWordMethod
{
    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var rows = space.Model.Rows();
        var usual = StemSpace.Mean(space.Known.Keys.Select(stem => Around(space, rows, stem, old)).OfType<double[]>());
        return (stem, texts) => Around(space, rows, stem, texts) is { } around ? StemSpace.Difference(around, usual)
            : new double[usual.Length];
    }

    /// <summary>The mean vector of the words around a stem; null where no text has it.</summary>
    internal double[]? Around(StemSpace space, IReadOnlyList<WordRow> rows, Stem stem, IReadOnlyList<int[]> texts)
    {
        var forms = space.FormsOf(stem).ToHashSet();
        double[][] contexts = [.. from text in texts
                                  from t in Enumerable.Range(0, text.Length)
                                  where forms.Contains(text[t])
                                  select StemSpace.Mean(text.Index().Where(word => word.Index != t
                                      && Math.Abs(word.Index - t) <= Window).Select(word => rows[word.Item].Vector))];
        return contexts.Length == 0 ? null : StemSpace.Mean(contexts);
    }
}
