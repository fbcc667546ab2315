using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>What the records say of an experiment's hypotheses. It stands beside <see cref="Experiment"/>, so that records do not depend on how they
/// are judged.</summary>
public static class Judgement
{
    /// <summary>Judges the hypotheses, all together, by the records of the test runs. The margin of a loss is 2 % of the mean unigram gap.</summary>
    /// <returns>In the order of the hypotheses.</returns>
    /// <exception cref="InvalidOperationException">A run is missing or failed; one sentence.</exception>
    public static IReadOnlyList<ContrastResult> Judge(this Experiment experiment, IReadOnlyList<RunRecord> records) =>
        Contrast.JudgeAll([.. experiment.Hypotheses.Select(h => ContrastOf(experiment, h, records))]);

    private static Contrast ContrastOf(Experiment experiment, Hypothesis h, IReadOnlyList<RunRecord> records)
    {
        IReadOnlyList<double> Of(string arm, string measure) => [.. experiment.Seeds.Select(seed => Value(experiment, records, arm, seed, measure))];
        var pairs = experiment.Seeds.Zip(Of(h.Arm, h.Measure), Of(h.Baseline, h.Measure)).Select(p => new SeedPair(p.First, p.Second, p.Third));
        return new Contrast(h.Arm, h.Baseline, Claim.Loss(Of(h.Arm, Experiment.UnigramGap).Average()), [.. pairs]);
    }

    private static double Value(Experiment experiment, IReadOnlyList<RunRecord> records, string arm, int seed, string measure) =>
        records.FirstOrDefault(r => r is { Finished: true, Header.TriedRate: null } && r.Header.Arm == arm && r.Header.Seed == seed)?.Result!.Measures[measure]
        ?? throw new InvalidOperationException($"{experiment.Name} has no finished run of {arm} with seed {seed}: make it with 'lm experiment {experiment.Name}'.");
}
