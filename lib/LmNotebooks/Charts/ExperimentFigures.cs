using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment, made from its records alone.</summary>
public static class ExperimentFigures
{
    /// <summary>Every figure that the records allow, with a short name that can be a file's. Records that the definition does not plan are left out,
    /// and hypotheses are drawn once all their runs are there. The first figure says most.</summary>
    public static IReadOnlyList<(string Name, Figure Figure)> Of(Experiment experiment, Scale scale, IReadOnlyList<RunRecord> records)
    {
        var tests = (from run in experiment.Runs(scale)
                     from record in records
                     where run.Factor is null && record.Finished && record.Header.Number == run.Number && record.Header.Arm == run.Arm.Name
                     select record).ToList();
        if (tests.Count == 0) return [];
        var figures = new List<(string, Figure)>();
        if (LearningCurve.Of(tests).Any(c => c.IsTrained))
            figures.AddRange([("excess-tokens", ExcessBands.Of(tests)), ("excess-flops", ExcessAgainstFlops.Of(tests))]);
        figures.Add(("excess", ExcessBars.Of(tests.GroupBy(r => r.Header.Arm, (arm, runs) => (arm, Quantities.OverSeeds(runs, Experiment.Excess))))));
        var judged = experiment.Hypotheses.SelectMany(h => (string[])[h.Arm, h.Baseline]).Distinct().ToList();
        if (judged.Count > 0 && judged.All(arm => tests.Count(r => r.Header.Arm == arm) == experiment.Seeds.Count))
            figures.Add(("differences", PairedDifferences.Of(experiment.Judge(tests))));
        return figures;
    }
}
