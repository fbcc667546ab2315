using System.Text.RegularExpressions;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment, made from its records alone.</summary>
public static partial class ExperimentFigures
{
    /// <summary>More curves than that hide each other.</summary>
    private const int MostCurves = 6;

    /// <summary>Every figure that the records allow, with a short name that can be a file's. Where nobody knows the
    /// truth, there is no zero line to draw curves and bars above, and differences are all. Arms that are only shown
    /// have a figure apart from those that are judged, where there are both. Records that the definition does not plan
    /// are left out, and hypotheses are drawn once all their runs are there, and trends of accuracies once all runs
    /// are. The first figure says most.</summary>
    public static IReadOnlyList<(string Name, Figure Figure)> Of(Experiment experiment, Scale scale,
        IReadOnlyList<RunRecord> records)
    {
        var tests = (from run in experiment.Runs(scale)
                     from record in records
                     where !run.IsTuning && record.Finished && record.Header.Number == run.Number
                         && record.Header.Arm == run.Arm.Name
                     select record).ToList();
        if (tests.Count == 0) return [];
        var gallery = experiment.Arms.Where(a => a.Gallery).Select(a => a.Name).ToHashSet();
        List<(string, Figure)> figures = AnswerFigures.Fit(tests) ? [.. AnswerFigures.Of(experiment, tests)]
            : TaskFigures.Fit(experiment, tests) ? [.. TaskFigures.Of(tests)]
            : Experiment.MeasureOf(tests[0].Result!) == Experiment.Excess ? [.. AboveTheTruth(tests, gallery)] : [];
        if (experiment.Hypotheses.FirstOrDefault(h => h.Below is not null) is { } counts)
            figures.Insert(0, ("runs", RunStrip.Of(counts, tests.Where(r => !gallery.Contains(r.Header.Arm)))));
        bool AreDone(IReadOnlyCollection<string> arms) => arms.Count > 0 && experiment.Arms
            .Where(arm => arms.Contains(arm.Name))
            .All(arm => tests.Count(r => r.Header.Arm == arm.Name) == experiment.SeedsOf(arm).Count);
        var judged = experiment.Hypotheses.SelectMany(h => h.Arms).Distinct().ToList();
        if (AreDone(judged))
            figures.AddRange(experiment.Hypotheses.Zip(experiment.Judge(tests))
                .GroupBy(h => Name(h.First), (name, group) => (name, PairedDifferences.OfJudged([.. group])
                    .From(tests.Where(r => judged.Contains(r.Header.Arm))))));
        if (experiment.Hypotheses.Any(h => h.IsAccuracy) && AreDone([.. experiment.Arms.Select(a => a.Name)])
            && Trend.Of(experiment, tests).Where(t => t.Hypothesis.IsAccuracy).ToList() is { Count: > 0 } trends)
            figures.Add(("trends", TextTrends.Of(trends).From(tests)));
        return figures;
    }

    private static IEnumerable<(string, Figure)> AboveTheTruth(IReadOnlyList<RunRecord> tests, HashSet<string> gallery)
    {
        var (shown, judged) = (tests.Where(r => gallery.Contains(r.Header.Arm)).ToList(),
            tests.Where(r => !gallery.Contains(r.Header.Arm)).ToList());
        if (judged.Count == 0) (judged, shown) = (shown, []);
        var trained = LearningCurve.Of(judged).Count(c => c.IsTrained);
        (string, Figure)[] curves = trained == 0 ? []
            : [("excess-tokens", ExcessBands.Of(judged)), ("excess-flops", ExcessAgainstFlops.Of(judged))];
        (string, Figure) bars = ("excess", ExcessBars.OverSeeds(judged));
        return
        [
            .. trained > MostCurves ? [bars, .. curves] : (IEnumerable<(string, Figure)>)[.. curves, bars],
            .. shown.Count > 0 ? [("excess-gallery", ExcessBars.OverSeeds(shown))] : Array.Empty<(string, Figure)>(),
        ];
    }

    /// <summary>What differs in unit or margin has a figure of its own; all hypotheses are judged together
    /// nevertheless.</summary>
    private static string Name(Hypothesis h) => h switch
    {
        { Target: { } target } =>
            FileName($"costs-{PairedDifferences.Spent(target)}-{target.Arm ?? "replacement"}".ToLowerInvariant()),
        { Measure: Experiment.Excess } => "differences",
        _ => $"differences-{FileName(h.Measure)}",
    };

    /// <summary>Words as a part of a file's name.</summary>
    internal static string FileName(string words) => NotInNames().Replace(words, "-");

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+")]
    private static partial Regex NotInNames();
}
