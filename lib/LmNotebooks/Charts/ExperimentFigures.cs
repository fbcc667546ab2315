using System.Text.RegularExpressions;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment, made from its records alone.</summary>
public static partial class ExperimentFigures
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
            figures.AddRange(experiment.Hypotheses.Zip(experiment.Judge(tests)).GroupBy(h => h.First.Measure, h => h.Second, Differences));
        return figures;
    }

    /// <summary>Measures differ in unit and margin, so each has a figure; all hypotheses are judged together nevertheless.</summary>
    private static (string, Figure) Differences(string measure, IEnumerable<ContrastResult> results) => measure == Experiment.Excess
        ? ("differences", PairedDifferences.Of([.. results]))
        : ($"differences-{NotInNames().Replace(measure, "-")}", PairedDifferences.Of([.. results], measure));

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex NotInNames();
}
