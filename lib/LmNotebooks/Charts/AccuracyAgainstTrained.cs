using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How many questions are answered rightly, against how many parameters the answers change.</summary>
public static class AccuracyAgainstTrained
{
    internal const string Trained = "trained parameters";

    /// <summary>A point for each arm with the usual number of answers that says how many parameters its answers train:
    /// the mean accuracy over the seeds with its 95 % t-interval, or the seeds themselves where they are
    /// few.</summary>
    /// <param name="chance">Accuracy of a guess.</param>
    /// <exception cref="ArgumentException">There is no such arm, or one that trains none.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, double chance = 0.5)
    {
        var runs = records.Tests().Where(r => r.IsUsual && r.Has(Trained)).ToList();
        if (runs.Count == 0) throw new ArgumentException($"No test run has the measure '{Trained}': choose records of "
            + "arms that are fine-tuned.");
        var arms = runs.ByArm().Select(arm => (Name: arm.Key, Cost: arm.Mean(Trained),
            Accuracy: arm.Interval(Answers.Accuracy))).OrderBy(arm => arm.Cost).ToList();
        return new Figure("Accuracy against parameters trained on the answers", new Axis(Trained, Log: true),
            new Axis(Answers.Accuracy),
            [
                new Reference($"{Numbers.Tick(chance)}: chance", chance, Below: true),
                .. arms.Select(arm => new Dots(arm.Name, [arm.Cost], [arm.Accuracy.Value])
                    { Texts = [arm.Name], Intervals = [arm.Accuracy] }),
            ],
            $"Accuracy is {Text(arms[^1])}" + (arms.Count > 1 ? $", and {Text(arms[0])}" : "") + "; from the fewest: "
                + Numbers.Sentence(arms.Select(Text))).From(runs);
    }

    private static string Text((string Name, double Cost, Spread Accuracy) arm) =>
        $"{Numbers.Text(arm.Accuracy, 2)} with {Numbers.Tick(arm.Cost)} trained parameters ({arm.Name})";
}
