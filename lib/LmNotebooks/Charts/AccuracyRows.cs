using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How many questions each arm answers rightly.</summary>
public static class AccuracyRows
{
    /// <summary>A row for each arm, the best first: the mean over the seeds with its 95 % t-interval, or the seeds
    /// themselves where they are few. Tuning runs and runs that did not finish are left out.</summary>
    /// <param name="chance">Accuracy of a guess.</param>
    /// <exception cref="ArgumentException">No run is left.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, double chance = 0.5)
    {
        var arms = records.ByArm().Select(arm => (Name: arm.Key, Accuracy: arm.Interval(Answers.Accuracy)))
            .OrderByDescending(arm => arm.Accuracy.Value).ToList();
        if (arms.Count == 0) throw new ArgumentException("There is no finished test run: make some, or choose other "
            + "records.");
        return new Figure("Questions answered rightly", new Axis(Answers.Accuracy),
            new Axis("", Categories: [.. arms.Select(a => a.Name)],
                Notes: [.. arms.Select(a => Numbers.Text(a.Accuracy.Value, 3))]),
            [
                new Reference($"{Numbers.Tick(chance)}: chance", chance, Vertical: true),
                new Points(Answers.Accuracy, [.. arms.Select(a => a.Accuracy.Value)],
                    [.. Enumerable.Range(0, arms.Count)],
                    [.. arms.Select(a => a.Accuracy)]),
            ],
            Numbers.Sentence(Answers.Ranked(
                arms.Select(a => (a.Name, a.Accuracy.Value, Numbers.Text(a.Accuracy, 3))),
                "is right most often,"))).From(records);
    }
}
