using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Whether tasks whose gradients agree help each other.</summary>
public static class GainAgainstCosine
{
    private const int Named = 2;    // pairs at each end that have a name

    /// <summary>The gains of pairs of tasks against the cosines of their gradients in a model that learns all, over the
    /// seeds that both have.</summary>
    /// <param name="transfer">Records of pairs of tasks, and of each alone.</param>
    /// <param name="gradients">Records that measured the cosines.</param>
    /// <param name="arm">Of the cosines: the model in which they were measured.</param>
    /// <exception cref="ArgumentException">There is no run of that arm, or no gain, or both have no seed and pair of
    /// tasks in common; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> transfer, IReadOnlyList<RunRecord> gradients, string arm)
    {
        var models = gradients.Of(arm).ToLookup(r => r.Header.Seed);
        var gains = TaskGains.Of(transfer).Select(gain => gain with
        {
            Seeds = [.. gain.Seeds.Where(s => models.Contains(s.Seed))],
            Cosines = [.. gain.Seeds.SelectMany(s => models[s.Seed].Take(1))
                .Select(run => CosineRows.Of(run, gain.Added, gain.Judged))],
        }).Where(gain => gain.Seeds.Count > 0).ToList();
        return Of(gains).From([.. TaskGains.RunsOf(transfer, false), .. gradients.Of(arm)]);
    }

    /// <summary>A point for each pair of tasks: what the judged one gains against the cosine of the two gradients, both
    /// the mean over the seeds with its 95 % interval, in the colour of the judged task, and Spearman's rho over all
    /// seeds of all pairs. Those of a seed share a language, so its bootstrap interval draws seeds.</summary>
    /// <param name="gains">With their cosines. A seed without a cosine is left out, and so is a pair that has no other;
    /// the caption says how many.</param>
    /// <exception cref="ArgumentException">No pair is left, or one has not a cosine for each seed; one
    /// sentence.</exception>
    public static Figure Of(IReadOnlyList<TaskGain> gains)
    {
        if (gains.FirstOrDefault(g => g.Cosines.Count != g.Seeds.Count) is { } unequal)
            throw new ArgumentException($"{NameOf(unequal)} has {unequal.Cosines.Count} cosines for "
                + $"{unequal.Seeds.Count} seeds: give one for each.");
        var pairs = gains.Select(g => new Pair(g, [.. g.Seeds.Zip(g.Cosines)
            .Where(s => double.IsFinite(s.Second)).Select(s => (s.First.Seed, s.Second, 100 * s.First.Difference))]))
            .Where(pair => pair.Seeds.Count > 0).ToList();
        if (pairs.Count == 0) throw new ArgumentException("No pair of tasks has a cosine: measure gradients with the "
            + "same seeds, before convergence, or on larger batches.");
        IReadOnlyList<(double, double)>[] seeds = [.. pairs.SelectMany(pair => pair.Seeds).GroupBy(s => s.Seed, (_, own)
            => (IReadOnlyList<(double, double)>)[.. own.Select(s => (s.Cosine, s.Points))])];
        var ranked = pairs.OrderByDescending(pair => pair.Points.Value).ToList();
        var named = ranked.Take(Named).Concat(ranked.TakeLast(Named)).ToHashSet();
        var left = gains.Sum(g => g.Seeds.Count) - pairs.Sum(pair => pair.Seeds.Count);
        return new Figure("Gain against the agreement of gradients",
            new Axis("cosine of the two tasks' gradients"), new Axis("gain of the judged task (points of the way)"),
            [
                new Reference("0: the task alone", 0, Below: true),
                .. pairs.GroupBy(pair => pair.Gain.Judged, (judged, own) => ToDots(judged, [.. own], named)),
            ],
            $"Spearman's rho of cosine and gain is {RankText(seeds)}; "
                + Numbers.Sentence([$"each point is one of {pairs.Count} pairs of tasks, in the colour of the judged "
                    + "one", .. (string[])(left > 0 ? [$"{left} seeds of pairs have no cosine"] : []),
                    .. ranked.Where(named.Contains).Select(pair => $"{NameOf(pair.Gain)} "
                        + $"{TaskGain.Signed(pair.Points)} at {Numbers.Text(pair.Cosine.Value, 2)}")]));
    }

    private static string RankText(IReadOnlyList<(double, double)>[] seeds) =>
        AnswersAgainstBeliefs.Text(RankCorrelation.Of(seeds, seed: 0), seeds.Length);

    private static string NameOf(TaskGain gain) => $"{gain.Added} to {gain.Judged}";

    private static Dots ToDots(string judged, IReadOnlyList<Pair> pairs, IReadOnlySet<Pair> named) =>
        new($"to {judged}", [.. pairs.Select(p => p.Cosine.Value)], [.. pairs.Select(p => p.Points.Value)])
        {
            Across = [.. pairs.Select(p => p.Cosine)], Intervals = [.. pairs.Select(p => p.Points)],
            Texts = [.. pairs.Select(p => NameOf(p.Gain))], Written = [.. pairs.Select(named.Contains)],
        };

    /// <param name="Seeds">Those with a cosine.</param>
    private sealed record Pair(TaskGain Gain, IReadOnlyList<(int Seed, double Cosine, double Points)> Seeds)
    {
        public Spread Cosine => Spread.OverSeeds([.. Seeds.Select(s => s.Cosine)]);
        public Spread Points => Spread.OverSeeds([.. Seeds.Select(s => s.Points)]);
    }
}
