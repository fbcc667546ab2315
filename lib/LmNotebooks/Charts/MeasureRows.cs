using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>One measure of several arms.</summary>
public static class MeasureRows
{
    /// <summary>A row for each arm, the lowest first: the mean over the seeds with its 95 % t-interval, or the seeds
    /// themselves where they are few.</summary>
    /// <param name="measure">What is drawn, with its unit.</param>
    /// <param name="arms">Their names; none for all.</param>
    /// <exception cref="ArgumentException">No test run is left, or there is no arm of a name; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, string measure, params IReadOnlyList<string> arms)
    {
        var drawn = arms.Count > 0 ? records.Of(arms) : [.. records.Tests()];
        var rows = drawn.ByArm().Select(arm => (Name: arm.Key, Value: arm.Interval(measure)))
            .OrderBy(row => row.Value.Value).ToList();
        if (rows.Count == 0)
            throw new ArgumentException("There is no finished test run: make some, or choose other records.");
        return new Figure($"{measure[..1].ToUpperInvariant()}{measure[1..]}", new Axis(measure),
            new Axis("", Categories: [.. rows.Select(row => row.Name)],
                Notes: [.. rows.Select(row => Numbers.Text(row.Value.Value, 3))]),
            [
                new Points(measure, [.. rows.Select(row => row.Value.Value)], [.. Enumerable.Range(0, rows.Count)],
                    [.. rows.Select(row => row.Value)]),
            ],
            Numbers.Sentence(rows.Select((row, i) =>
                $"{row.Name} has {(i == 0 ? "the least, " : "")}{Numbers.Text(row.Value, 3)}"))).From(drawn);
    }
}
