using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>A distribution that works out only once what follows a prefix, however often it is asked.</summary>
internal sealed class NextOnce(ISequenceDistribution distribution) : ISequenceDistribution
{
    private readonly Dictionary<string, double[]> known = [];

    public int Vocabulary => distribution.Vocabulary;

    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
        distribution.LogProbabilities(documents);

    public double[] Next(IReadOnlyList<int> prefix)
    {
        var key = string.Join(' ', prefix);
        return known.TryGetValue(key, out var next) ? next : known[key] = distribution.Next(prefix);
    }
}
