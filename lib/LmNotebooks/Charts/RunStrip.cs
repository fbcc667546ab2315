using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Every run by itself: where the runs of an arm are of two kinds, their mean is the outcome of
/// none.</summary>
public static class RunStrip
{
    /// <summary>A row for each arm, in the order of the records, with a point for each run, and how many of them lie
    /// below the bound.</summary>
    /// <param name="hypothesis">About the share of runs below a bound; the measure is in nats per token.</param>
    /// <exception cref="ArgumentException">The hypothesis counts no runs, or there is no test run.</exception>
    public static Figure Of(Hypothesis hypothesis, IEnumerable<RunRecord> records)
    {
        if (hypothesis.Below is not { } bound) throw new ArgumentException(
            $"'{hypothesis.Name}' does not count runs: draw a hypothesis that has a bound.");
        var arms = records.ByArm().Select(arm => (Name: arm.Key, Values: arm.Values(hypothesis.Measure))).ToList();
        if (arms.Count == 0) throw new ArgumentException("There is no test run to draw.");

        string Count(IReadOnlyList<double> values) => $"{values.Count(v => v < bound)} of {values.Count}";

        return new Figure($"{hypothesis.Measure}: every run a point, and how many lie below {Numbers.Tick(bound)}",
            new Axis($"{hypothesis.Measure} (nats per token)"),
            new Axis("", Categories: [.. arms.Select(arm => arm.Name)], Notes: [.. arms.Select(a => Count(a.Values))]),
            [
                new Reference("0: the truth", 0, Vertical: true),
                new Reference(Numbers.Tick(bound), bound, Vertical: true),
                new Points("one run", [.. arms.SelectMany(arm => arm.Values)],
                    [.. arms.SelectMany((arm, row) => Enumerable.Repeat(row, arm.Values.Count))]),
            ],
            $"Runs with {hypothesis.Measure} below {Numbers.Tick(bound)}: "
                + Numbers.Sentence(arms.Select(arm => $"{arm.Name} {Count(arm.Values)}"))).From(records);
    }
}
