using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment about what several tasks are to each other.</summary>
internal static class TaskFigures
{
    /// <summary>Whether it is about the tasks, and not about the goal alone: some models do not learn that, and answer
    /// by chance, so that there is nothing to draw above the truth, or their gradients were measured.</summary>
    public static bool Fit(Experiment experiment, IReadOnlyList<RunRecord> tests) =>
        experiment.World is Tasks world && (tests.Any(r => CosineRows.PairsOf(r).Any())
            || experiment.Arms.OfType<Tasked>().Any(arm => !arm.Tasks.Contains(world.All[0].Name)));

    /// <summary>Every figure that its test runs allow, with its name: what pairs of tasks are worth to each other, and
    /// how far their gradients agree in each arm.</summary>
    public static IEnumerable<(string Name, Figure Figure)> Of(IReadOnlyList<RunRecord> tests)
    {
        foreach (var equal in (bool[])[false, true])
            if (TaskGains.Among(tests, equal).Count > 0)
                yield return ($"transfer{(equal ? "-equal-updates" : "")}", TransferMatrix.Of(tests, equal));

        foreach (var arm in tests.Where(r => CosineRows.PairsOf(r).Any()).Select(r => r.Header.Arm).Distinct())
            yield return ($"cosines-{ExperimentFigures.FileName(arm)}", CosineRows.Of(tests, arm));
    }
}
