using LmNotebooks.Languages;
using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace LmNotebooks.Strategies;

/// <summary>A new word is drawn at random, as far from the mean in each direction as known words of its kind
/// are.</summary>
public sealed record RandomVector : INewWordMethod
{
    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        return (_, _) => [.. space.Deviations.Select(deviation => Normal.Sample(random, 0, deviation))];
    }
}
