using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How far the gradients of tasks agree that one model learns.</summary>
public static class CosineRows
{
    private const string Start = "cosine of ", Between = " and ";

    /// <summary>A row for each pair of tasks, the highest cosine first: the mean over the seeds with its 95 %
    /// t-interval, or the seeds themselves where they are few.</summary>
    /// <param name="arm">Which of the models; it can be left out where the records have one.</param>
    /// <exception cref="ArgumentException">There is no run of that arm, or it has no cosine; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, string? arm = null)
    {
        var runs = arm is null ? [.. records.Tests()] : records.Of(arm);
        var rows = runs.SelectMany(PairsOf).Distinct()
            .Select(pair => (Name: pair, Cosine: Spread.OverSeeds(
                [.. runs.Where(r => r.Has(Start + pair)).Select(r => r.Measure(Start + pair))])))
            .OrderByDescending(row => row.Cosine.Value).ToList();
        if (rows.Count == 0)
            throw new ArgumentException("No test run has a measure \"cosine of ... and ...\": choose other records.");
        var (up, down) = (rows.Count(r => r.Cosine is { Few.Count: 0, Low: > 0 }),
            rows.Count(r => r.Cosine is { Few.Count: 0, High: < 0 }));
        return new Figure($"How far the gradients of two tasks agree{(arm is null ? "" : $": {arm}")}",
            new Axis("cosine of the two tasks' gradients"),
            new Axis("", Categories: [.. rows.Select(r => r.Name)],
                Notes: [.. rows.Select(r => Numbers.Text(r.Cosine.Value, 3))]),
            [
                new Reference("0: no agreement", 0, Vertical: true),
                new Points("cosine", [.. rows.Select(r => r.Cosine.Value)], [.. Enumerable.Range(0, rows.Count)],
                    [.. rows.Select(r => r.Cosine)]),
            ],
            Numbers.Sentence([$"The gradients of {rows[0].Name} agree most, {Numbers.Text(rows[0].Cosine, 3)}"
                + (rows.Count > 1 ? $", those of {rows[^1].Name} least, {Numbers.Text(rows[^1].Cosine, 3)}" : ""),
                rows.All(r => r.Cosine.Few.Count > 0) ? "there are too few seeds for intervals"
                : $"of {rows.Count} cosines {up} are above 0 and {down} below with their intervals"])).From(runs);
    }

    /// <summary>The cosine of the gradients of two tasks, in any order; NaN where the run has none.</summary>
    internal static double Of(RunRecord run, string one, string other) =>
        new[] { Start + one + Between + other, Start + other + Between + one }.Where(run.Has)
            .Select(run.Measure).DefaultIfEmpty(double.NaN).First();

    /// <summary>The pairs of tasks of which a run has the cosine: "intent and tags". The ends of its interval are
    /// measures, too, and have a comma in their names.</summary>
    internal static IEnumerable<string> PairsOf(RunRecord run) =>
        from name in run.Result!.Measures.Keys
        where name.StartsWith(Start, StringComparison.Ordinal) && !name.Contains(',') && run.Has(name)
        select name[Start.Length..];
}
