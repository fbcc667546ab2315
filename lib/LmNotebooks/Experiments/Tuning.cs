namespace LmNotebooks.Experiments;

/// <summary>How the learning rate of an arm is chosen: a grid of four, and two more beyond the end at which the best of
/// the four is. Those are tried on seeds that test nothing.</summary>
internal static class Tuning
{
    private static readonly double[] Grid = [0.5, 1, 2, 4], Below = [0.125, 0.25], Above = [8, 16];

    /// <summary>All that may be tried, as multiples of the scale's own peak rate.</summary>
    public static IReadOnlyList<double> Factors { get; } = [.. Grid, .. Below, .. Above];

    /// <summary>Which of an arm's trials are to be made: the grid, and what lies beyond it once that is
    /// <paramref name="done"/>.</summary>
    /// <param name="done">Whether the record of a trial counts.</param>
    public static IReadOnlyList<PlannedRun> Needed(IReadOnlyList<PlannedRun> trials, Func<PlannedRun, bool> done)
    {
        List<PlannedRun> Of(IEnumerable<double> factors) => [.. trials.Where(t => factors.Contains(t.Factor!.Value))];
        var grid = Of(Grid);
        if (grid.Count == 0 || !grid.All(done)) return grid;
        var best = Best(grid);
        return best == Grid[0] ? Of([.. Grid, .. Below]) : best == Grid[^1] ? Of([.. Grid, .. Above]) : grid;
    }

    /// <summary>The factor with the smallest mean excess over the tuning seeds; one that diverged counts as infinitely
    /// bad.</summary>
    public static double Best(IEnumerable<PlannedRun> trials) => trials.GroupBy(t => t.Factor!.Value)
        .MinBy(g => g.Average(t => t.Record is { Finished: true } record ? record.Result!.Measures[Experiment.Excess]
            : double.PositiveInfinity))!.Key;
}
