using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Measures;

/// <summary>Loss by the position of the token in its text, in groups of positions: 1 to 4, 5 to 8 and so on. The loss
/// of the truth falls too, since the words before a token tell what latents the text has. The entropy, a mean over
/// whole texts, is the floor of none of its positions.</summary>
/// <remarks>The key of a group is its first position, counted from 1. Where texts differ in length, the last groups are
/// of the longer ones alone; a group that fewer than <see cref="Groups.LeastDocuments"/> texts reach is left
/// out.</remarks>
public static class LossByPosition
{
    /// <summary>Positions of a group.</summary>
    public const int Width = 4;

    /// <summary>Mean of -ln P(x_t | x_1 .. x_{t-1}) over the test texts, nats per token, with 95 % intervals over
    /// them.</summary>
    /// <exception cref="ArgumentException">There are too few test texts for an interval.</exception>
    public static IReadOnlyList<Group<int>> Of(IDistribution distribution, Dataset data) =>
        By(data.LogProbabilities(distribution).Select(text => text.Select(log => -log)), data);

    /// <summary>Mean of ln(P*(x_t) / M(x_t)) over the test texts, nats per token, with 95 % intervals over them. They
    /// are narrower than those of the two losses: each token is compared with itself.</summary>
    /// <exception cref="ArgumentException">There are too few test texts for an interval.</exception>
    public static IReadOnlyList<Group<int>> Excess(IDistribution truth, IDistribution model, Dataset data) =>
        By(data.LogProbabilities(truth).Zip(data.LogProbabilities(model), (inTruth, inModel) =>
            inTruth.Zip(inModel, (p, m) => p - m)), data);

    private static IReadOnlyList<Group<int>> By(IEnumerable<IEnumerable<double>> values, Dataset data) =>
        data.Test.Rows < Groups.LeastDocuments
        ? throw new ArgumentException($"{data.Name} has {data.Test.Rows} test texts, and an interval needs "
            + $"{Groups.LeastDocuments}: draw more.")
        : Groups.By(values.SelectMany((text, d) => text.Select((value, t) => (d, t / Width * Width + 1, value))));
}
