using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Strategies;

/// <summary>A new word is the sum of its known pieces (after Bojanowski et al. 2017): the opposite of a known adjective
/// is its vector, and the mean step from known ones to their opposites with "un-". A stem of one unknown piece is the
/// mean.</summary>
/// <param name="Prefix">Whether that step is made; without it the opposite is taken for the adjective itself.</param>
public sealed record SubwordSum(bool Prefix = true) : INewWordMethod
{
    private const string Opposite = "un";

    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var known = space.Known.ToDictionary(stem => stem.Key.Form, stem => stem.Value);
        double[]? Base(string form) => form.StartsWith(Opposite) ? known.GetValueOrDefault(form[Opposite.Length..])
            : null;
        double[][] steps = [.. known.Where(word => Base(word.Key) is not null)
            .Select(word => StemSpace.Difference(word.Value, Base(word.Key)!))];
        var mean = new double[space.Deviations.Count];
        var step = Prefix && steps.Length > 0 ? StemSpace.Mean(steps) : mean;
        return (stem, _) => Base(stem.Form) is { } positive ? [.. positive.Zip(step, (x, s) => x + s)] : mean;
    }
}
