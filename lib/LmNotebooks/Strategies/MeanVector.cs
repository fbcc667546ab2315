using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Strategies;

/// <summary>A new word is like all known words of its kind in the mean.</summary>
public sealed record MeanVector : INewWordMethod
{
    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed) =>
        (_, _) => new double[space.Deviations.Count];
}
