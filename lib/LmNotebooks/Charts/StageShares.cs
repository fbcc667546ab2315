using LmNotebooks.Experiments;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How the stages of an arm share its text.</summary>
public static class StageShares
{
    /// <summary>A row for each arm and a column for each stage, with the share of the arm's text that the stage reads,
    /// as its first test run has it; 0 where an arm has no such stage.</summary>
    public static MeasureTable Of(IEnumerable<RunRecord> records)
    {
        var arms = records.ByArm().Select(arm => (Name: arm.Key, Shares: Shares(arm.First()))).ToList();
        var stages = arms.SelectMany(arm => arm.Shares.Keys).Distinct().ToList();
        return MeasureTable.Of(["arm", .. stages], [.. arms.Select(arm => (IReadOnlyList<object?>)
            [arm.Name, .. stages.Select(stage => arm.Shares.GetValueOrDefault(stage))])], decimals: 2);
    }

    private static Dictionary<string, double> Shares(RunRecord run)
    {
        var shares = new Dictionary<string, double>();
        var before = 0.0;
        foreach (var stage in run.Events.Select(e => e.Stage).Distinct())
        {
            var end = run.EndOf(stage).Tokens / run.Measure("tokens");
            (shares[stage], before) = (end - before, end);
        }
        return shares;
    }
}
