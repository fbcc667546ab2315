using LmNotebooks.Experiments;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What the arms of an experiment reached and what they cost, a row for each.</summary>
public static class ArmTable
{
    /// <summary>Units in which a number is easier to read, by the name of the measure.</summary>
    private static readonly Dictionary<string, (string Name, double Unit)> Units = new()
    {
        ["flops"] = ("teraFLOPs", 1e12), ["critical path flops"] = ("critical path teraFLOPs", 1e12),
        ["optimizer bytes"] = ("optimizer kilobytes", 1e3),
    };

    /// <summary>The mean of each measure over the test runs of each arm, in the order of the records.</summary>
    /// <param name="measures">Names, as <see cref="TestRuns.Measures"/> has them: "excess", "parameters",
    /// "flops".</param>
    /// <exception cref="InvalidOperationException">A run lacks a measure; one sentence that says which it
    /// has.</exception>
    public static MeasureTable Of(IEnumerable<RunRecord> records, params IReadOnlyList<string> measures)
    {
        var columns = measures.Select(name => (Measure: name,
            Shown: Units.TryGetValue(name, out var unit) ? unit : (Name: name, Unit: 1))).ToList();
        return MeasureTable.Of(["arm", .. columns.Select(c => c.Shown.Name)],
            [.. records.ByArm().Select(arm => (IReadOnlyList<object?>)
                [arm.Key, .. columns.Select(c => arm.Mean(c.Measure) / c.Shown.Unit)])], decimals: 3);
    }
}
