using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>What becomes of a contrast with half of the text and with twice as much: whether a difference closes as the
/// text grows. It is shown, on a few seeds, and not judged.</summary>
/// <param name="Text">As a multiple of the arms' own.</param>
/// <param name="Pairs">Seed by seed, in the unit of the hypothesis: nats per token, accuracies, logarithms of costs, or
/// 1 and 0 for what happened.</param>
public sealed record Trend(Hypothesis Hypothesis, double Text, IReadOnlyList<SeedPair> Pairs)
{
    private static readonly double[] Multiples = [0.5, 2];

    /// <summary>The arms of a trend: each of these with less and with more text, tuned as it is itself.</summary>
    public static IEnumerable<Arm> ArmsOf(params IEnumerable<Arm> arms) =>
        from arm in arms
        from text in Multiples
        select arm with
        {
            Name = NameOf(arm.Name, text), Gallery = true, Repeats = null, TunedAs = arm.HasRate ? arm.Name : null,
            At = scale => arm.At(scale) is var own
                ? own with { TrainTokens = (long)(text * own.TrainTokens) } : scale,
        };

    /// <summary>The trend of each hypothesis whose arms have one, from the least text to the most.</summary>
    /// <exception cref="InvalidOperationException">A run is missing; one sentence.</exception>
    public static IReadOnlyList<Trend> Of(Experiment experiment, IReadOnlyList<RunRecord> records) =>
    [
        .. from h in experiment.Hypotheses
           where h.Arms.All(arm => experiment.Arms.Any(a => a.Name == NameOf(arm, Multiples[0])))
           from text in Multiples.Append(1).Order()
           let at = text == 1 ? h : h.Renamed(arm => NameOf(arm, text))
           select new Trend(h, text, experiment.ContrastOf(at, records).Pairs),
    ];

    /// <summary>The mean over the seeds.</summary>
    public double Mean => Pairs.Average(p => p.Difference);

    private static string NameOf(string arm, double text) =>
        FormattableString.Invariant($"{arm}, text x {text}");
}
