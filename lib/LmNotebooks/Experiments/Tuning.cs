namespace LmNotebooks.Experiments;

/// <summary>What tuning has found for an arm, as far as there are records.</summary>
/// <param name="Needed">The trials that it follows from, or that are to be made before it does.</param>
/// <param name="Factor">The learning rate, as a multiple of the scale's own peak rate; null while a trial is
/// missing.</param>
/// <param name="Options">Of each of the arm's choices, the number of the best option.</param>
internal sealed record Tuning(IReadOnlyList<PlannedRun> Needed, double? Factor, IReadOnlyList<int> Options)
{
    private static readonly double[] Grid = [0.5, 1, 2, 4], Below = [0.125, 0.25], Above = [8, 16];

    /// <summary>All that an arm may have to try.</summary>
    public static IEnumerable<Trial> TrialsOf(Arm arm) =>
    [
        .. new[] { Grid, Below, Above }.SelectMany(factors => factors).Select(factor => new RateTrial(factor)),
        .. from choice in Enumerable.Range(0, arm.Choices.Count)
           from option in Enumerable.Range(1, arm.Choices[choice].Options.Count - 1)
           select new OptionTrial(choice, option),
    ];

    /// <summary>The learning rate is chosen first: one of a grid of four, or of two more beyond the end at which the
    /// best of the four is. Then the choices follow one after another, each with what was found before it. All is tried
    /// on seeds that test nothing; what has the smallest mean excess over them, or the smallest mean
    /// loss where nobody knows the truth, is best.</summary>
    /// <param name="trials">All runs of <see cref="TrialsOf"/>.</param>
    /// <param name="choices">How many choices are made: those before an option that is to be tried, or all.</param>
    /// <param name="done">Whether the record of a trial counts.</param>
    public static Tuning Of(IReadOnlyList<PlannedRun> trials, int choices, Func<PlannedRun, bool> done)
    {
        List<PlannedRun> Rates(IEnumerable<double> factors) =>
            [.. trials.Where(t => t.Trial is RateTrial rate && factors.Contains(rate.Factor))];

        var needed = Rates(Grid);
        if (!needed.All(done)) return new(needed, null, []);
        var factor = ((RateTrial)Best(needed).Trial).Factor;
        if (factor == Grid[0]) needed = Rates([.. Grid, .. Below]);
        if (factor == Grid[^1]) needed = Rates([.. Grid, .. Above]);
        if (!needed.All(done)) return new(needed, null, []);

        var (best, options) = (Best(needed), new List<int>());
        factor = ((RateTrial)best.Trial).Factor;
        for (var choice = 0; choice < choices; choice++)
        {
            var others = trials.Where(t => t.Trial is OptionTrial option && option.Choice == choice).ToList();
            needed = [.. needed, .. others];
            if (!others.All(done)) return new(needed, null, []);
            // the first option is the one with which everything before was tried
            var other = Best(others);
            options.Add(other.Excess < best.Excess ? ((OptionTrial)other.Trial).Number : 0);
            if (other.Excess < best.Excess) best = other;
        }
        return new(needed, factor, options);
    }

    /// <summary>One that diverged counts as infinitely bad.</summary>
    private static (Trial Trial, double Excess) Best(IEnumerable<PlannedRun> tried) => tried.GroupBy(t => t.Trial!)
        .Select(g => (g.Key, Excess: g.Average(t => t.Record is { Finished: true } record
            ? record.Result!.Measures[Experiment.MeasureOf(record.Result)] : double.PositiveInfinity)))
        .MinBy(t => t.Excess);
}
