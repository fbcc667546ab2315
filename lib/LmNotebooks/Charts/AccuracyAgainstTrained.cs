using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How many questions are answered rightly, against how many parameters the answers change.</summary>
public static class AccuracyAgainstTrained
{
    /// <summary>A point for each arm: the mean accuracy over the seeds with its 95 % t-interval, or the seeds
    /// themselves where they are few.</summary>
    /// <param name="trained">How many parameters the answers train, by the name of the arm; other arms are left
    /// out.</param>
    /// <param name="chance">Accuracy of a guess.</param>
    /// <exception cref="ArgumentException">No arm is left, or one trains none.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, IReadOnlyDictionary<string, long> trained,
        double chance = 0.5)
    {
        var runs = records.Tests().Where(r => trained.ContainsKey(r.Header.Arm)).ToList();
        if (runs.Count == 0) throw new ArgumentException("No test run is of an arm of which the trained parameters are "
            + "given: choose records of arms that are fine-tuned.");
        var arms = runs.ByArm().Select(arm => (Name: arm.Key, Cost: (double)trained[arm.Key],
            Accuracy: arm.Interval(Answers.Accuracy))).OrderBy(arm => arm.Cost).ToList();
        return new Figure("Accuracy against parameters trained on the answers",
            new Axis("trained parameters", Log: true),
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
