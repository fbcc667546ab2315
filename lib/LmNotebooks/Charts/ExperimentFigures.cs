using LmNotebooks.Experiments;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The figures of an experiment, made from its records alone.</summary>
public static class ExperimentFigures
{
    /// <summary>Every figure that the records allow, with a short name that can be a file's.</summary>
    public static IReadOnlyList<(string Name, Figure Figure)> Of(Experiment experiment, Scale scale, IReadOnlyList<RunRecord> records)
    {
        var tests = records.Where(r => r is { Finished: true, Header.TriedRate: null }).GroupBy(r => r.Header.Arm).ToList();
        return
        [
            ("loss", LossCurves.Of(tests.Select(g => Curve.Of(g.Key, g.First())), tests.Average(g => g.Average(r => r.Result!.Measures[Experiment.Floor])))),
            ("excess", ExcessBars.Of(tests.Select(g => (g.Key, Interval.OfMean([.. g.Select(r => r.Result!.Measures[Experiment.Excess])]))))),
        ];
    }
}
