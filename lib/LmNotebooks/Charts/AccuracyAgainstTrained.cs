using LmNotebooks.Experiments;
using LmNotebooks.Figures;
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
        var best = arms.MaxBy(arm => arm.Accuracy.Value);
        return new Figure("Accuracy against parameters trained on the answers", new Axis(Trained, Log: true),
            new Axis(Answers.Accuracy),
            [
                new Reference($"{Numbers.Tick(chance)}: chance", chance, Below: true),
                .. arms.Select(arm => new Dots(arm.Name, [arm.Cost], [arm.Accuracy.Value])
                    { Texts = [arm.Name], Intervals = [arm.Accuracy] }),
            ],
            $"{best.Name} is right most often, accuracy {best.Accuracy.ToString("F2", null)}, with "
                + $"{Numbers.Tick(best.Cost)} trained parameters; from the fewest: "
                + Numbers.Sentence(arms.Select(arm => $"{arm.Name} {arm.Accuracy.ToString("F2", null)} with "
                    + Numbers.Tick(arm.Cost)))).From(runs);
    }
}
