using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>What the records say of an experiment's hypotheses. It stands beside <see cref="Experiment"/>, so that
/// records do not depend on how they are judged.</summary>
public static class Judgement
{
    /// <summary>Judges the hypotheses, all together, by the records of the test runs. The margin of a loss is 2 % of
    /// the mean unigram gap, or where nobody knows the truth, of what the best of the compared arms gains in the mean
    /// on the unigram model; that of an accuracy is one point, that of a share of runs one in ten, and that of a cost a
    /// factor of 1.1; costs are compared by their natural logarithms.</summary>
    /// <returns>In the order of the hypotheses.</returns>
    /// <exception cref="InvalidOperationException">A run is missing or failed, or lacks what is compared; one
    /// sentence.</exception>
    public static IReadOnlyList<ContrastResult> Judge(this Experiment experiment, IReadOnlyList<RunRecord> records) =>
        Contrast.JudgeAll([.. Contrasts(experiment, experiment.Hypotheses, records)]);

    /// <summary>What the arm of a hypothesis spent to reach the target, as a multiple of what the baseline did: one for
    /// each seed, in their order. It is above a bound where the arm did not reach it, below one where the baseline did
    /// not, and null where neither did, and nothing is known.</summary>
    /// <exception cref="ArgumentException">The hypothesis is not about a cost.</exception>
    /// <exception cref="InvalidOperationException">A run is missing or failed, or lacks what is compared; one
    /// sentence.</exception>
    public static IReadOnlyList<Censored?> CostRatios(this Experiment experiment, Hypothesis hypothesis,
        IReadOnlyList<RunRecord> records)
    {
        if (hypothesis.Target is null)
            throw new ArgumentException($"'{hypothesis.Name}' compares no costs: give it a target.");
        return [.. experiment.ContrastOf(hypothesis, records)
            .Pairs.Select(p => (p.ACensored, p.BCensored) switch
        {
            (true, true) => null,
            var (above, below) => new Censored(Math.Exp(p.Difference), above ? Censoring.Above : below ? Censoring.Below
                : Censoring.None),
        })];
    }

    /// <summary>What is compared in one hypothesis, which need not be one of the experiment's.</summary>
    /// <exception cref="InvalidOperationException">A run is missing or failed, or lacks what is compared; one
    /// sentence.</exception>
    internal static Contrast ContrastOf(this Experiment experiment, Hypothesis hypothesis,
        IReadOnlyList<RunRecord> records) => Contrasts(experiment, [hypothesis], records).Single();

    private static IEnumerable<Contrast> Contrasts(Experiment experiment, IReadOnlyList<Hypothesis> hypotheses,
        IReadOnlyList<RunRecord> records)
    {
        var runs = records.Tests().ToLookup(r => (r.Header.Arm, r.Header.Seed));
        var missing = from arm in hypotheses.SelectMany(h => h.Arms).Distinct()
                      let seeds = experiment.SeedsOf(experiment.ArmsNamed([arm])[0])
                          .Where(seed => !runs.Contains((arm, seed))).ToList()
                      where seeds.Count > 0
                      select $"of {arm} with seed {string.Join(", ", seeds)}";
        if (missing.ToList() is { Count: > 0 } lacking)
            throw new InvalidOperationException($"{experiment.Name} has no finished run "
                + $"{string.Join(", nor ", lacking)}: make them with 'lm experiment {experiment.Name}'.");
        var compared = (from arm in hypotheses.SelectMany(h => h.Arms).Distinct()
                        from seed in experiment.SeedsOf(experiment.ArmsNamed([arm])[0])
                        select runs[(arm, seed)].First()).ToList();
        return hypotheses.Select(h => Of(h, experiment.SeedsOf(h), (arm, seed) => runs[(arm, seed)].First(),
            Gap(compared, h, experiment.SeedsOf(h))));
    }

    /// <summary>From the unigram model down to the truth; where nobody knows it, to the best of the arms.</summary>
    private static double Gap(IReadOnlyList<RunRecord> compared, Hypothesis h, IReadOnlyList<int> seeds) =>
        compared.Any(r => r.Result!.Measures.ContainsKey(Experiment.UnigramLoss))
            ? compared.GroupBy(r => r.Header.Arm).Max(runs => runs.Average(r =>
                r.Measure(Experiment.UnigramLoss) - r.Measure(Experiment.Loss)))
            : seeds.Select(seed => compared.First(r => (r.Header.Arm, r.Header.Seed) == (h.Arm, seed))
                .Measure(Experiment.UnigramGap)).Average();

    /// <param name="gap">2 % of it is the margin of a loss.</param>
    private static Contrast Of(Hypothesis h, IReadOnlyList<int> seeds, Func<string, int, RunRecord> run, double gap)
    {
        if (h.Target is { } target)
            return new(h.Arm, h.Baseline, Claim.CostRatio,
                [.. seeds.Select(seed => OfCosts(target, gap, seed, run(h.Arm, seed), run(h.Baseline, seed),
                run(target.Arm ?? h.Arm, seed)))]);
        double Value(string arm, string? less, int seed) =>
            run(arm, seed).Measure(h.Measure) - (less is null ? 0 : run(less, seed).Measure(h.Measure));
        if (h.Below is { } bound)
            return new(h.Arm, h.Baseline, Claim.Share, [.. seeds.Select(seed => new SeedPair(seed,
                run(h.Arm, seed).Measure(h.Measure) < bound ? 1 : 0,
                run(h.Baseline, seed).Measure(h.Measure) < bound ? 1 : 0))]) { OfShares = true };
        string Name(string arm, string? less) => less is null ? arm : $"({arm} − {less})";
        return new(Name(h.Arm, h.Less?.Arm), Name(h.Baseline, h.Less?.Baseline), h.IsAccuracy ? Claim.Accuracy
            : Claim.Loss(gap),
            [.. seeds.Select(seed => new SeedPair(seed, Value(h.Arm, h.Less?.Arm, seed),
                Value(h.Baseline, h.Less?.Baseline, seed)))]);
    }

    /// <remarks>Through a part that stood in, the excess before the last stage is by the objective's loss, and not by
    /// that of the model, whose own part had not been trained.</remarks>
    private static SeedPair OfCosts(Target target, double gap, int seed, RunRecord arm, RunRecord baseline,
        RunRecord reached)
    {
        var excess = target.Margin * gap + (target.Arm is not null ? reached.Measure(Experiment.Excess)
            : reached.BeforeLastStage is { } before ? reached.Excess(before)
            : throw new InvalidOperationException($"{reached.Header.Arm} has one stage, so nothing stood before it: "
                + "name the arm whose excess is the target."));
        var (a, b) = (Cost(arm, target, excess), Cost(baseline, target, excess));
        return new(seed, Math.Log(a.Value), Math.Log(b.Value)) { ACensored = a.Censoring != Censoring.None,
            BCensored = b.Censoring != Censoring.None };
    }

    /// <summary>What a run spent until it reached an excess. The stage before left a part that is then drawn anew, so
    /// its last event is no evaluation of the last stage, and gives only the cost at which that begins. In a single
    /// stage everything follows each other.</summary>
    private static Censored Cost(RunRecord run, Target target, double excess)
    {
        var before = target.LastStage ? run.BeforeLastStage : null;
        var evaluations = from e in run.Events
                          where !target.LastStage || e.Stage == run.Events[^1].Stage
                          let cost = Spent(e) - (before is null ? 0 : Spent(before))
                          where cost > 0
                          select (cost, e.TestLoss - run.Measure(Experiment.Floor));
        return FirstCrossing.Of([.. evaluations], excess);

        double Spent(RunEvent e) => target.Spending switch
        {
            Spending.Tokens => e.Tokens,
            Spending.CriticalPathFlops when !target.LastStage => e.CriticalPathFlops ?? e.Flops,
            _ => e.Flops,
        };
    }
}
