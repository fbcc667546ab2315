using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>How an arm of an experiment came closer to the truth, over its seeds. An arm that is counted and not
/// trained has one point.</summary>
public sealed record LearningCurve(string Arm, int Seeds, IReadOnlyList<LearningPoint> Points)
{
    public bool IsTrained => Points.Count > 1;

    public LearningPoint End => Points[^1];

    /// <summary>Where it ends: the mean, and the lowest and the highest seed.</summary>
    public override string ToString() => $"{Arm} {End.Excess}";

    /// <summary>The curves of all arms, in the order of the records. Tuning runs and runs that did not finish are left
    /// out.</summary>
    /// <exception cref="ArgumentException">A run has no measured floor.</exception>
    public static IReadOnlyList<LearningCurve> Of(IEnumerable<RunRecord> records) =>
        [.. records.ByArm().Select(arm => Of(arm.Key, [.. arm.Select(Learned)]))];

    /// <summary>Seeds are aligned at their ends, since a document more or less moves an event by a little.</summary>
    private static LearningCurve Of(string arm, IReadOnlyList<IReadOnlyList<(RunEvent At, double Excess)>> seeds)
    {
        var points = Enumerable.Range(1, seeds.Min(s => s.Count)).Reverse()
            .Select(fromEnd => seeds.Select(s => s[^fromEnd]).ToList());
        return new(arm, seeds.Count, [.. points.Select(p => new LearningPoint(
            p.Average(s => (double)s.At.Tokens), p.Average(s => s.At.Flops),
                p.Average(s => s.At.CriticalPathFlops ?? s.At.Flops),
            new Interval(p.Average(s => s.Excess), p.Min(s => s.Excess), p.Max(s => s.Excess))))]);
    }

    private static List<(RunEvent, double)> Learned(RunRecord run) =>
        run.Result!.Measures.TryGetValue(Experiment.Floor, out var floor)
        ? [.. run.Events.Where(e => e.Tokens > 0).Select(e => (e, e.TestLoss - floor))]
        : throw new ArgumentException($"A run of {run.Header.Arm} has no measured floor: only runs of an experiment "
            + "stand above one.");
}
