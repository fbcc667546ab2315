using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using static LmNotebooks.Lessons.TaskRelations;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: what a second task does to a first, by how far they agree, with one head and with
/// two.</summary>
public static class MultiTaskExperiment
{
    internal const string Updates = "alone, equal updates";

    private const int Seeds = 8;

    private static readonly string one = Second(1, true), none = Second(0, true), opposite = Second(-1, true),
        ownOne = Second(1, false), ownNone = Second(0, false), ownOpposite = Second(-1, false),
        permuted = Permuted(false);

    public static Experiment Definition { get; } = new("multi-task",
        "What does a second task do to a first one, by how far they agree?", World,
        [
            .. Judged,

            new WordCounts(PretrainingExperiment.Counts, Lingua.Preset("labels", 1).Words.ToList().IndexOf("not"))
            {
                Sets = Sets, At = Arm(Alone, null).At,
            },

            // more degrees of agreement
            Like(ownOne, Arm(ownOpposite)) with { Repeats = Seeds },
            .. from alpha in new[] { 0.5, -0.5 } from shared in new[] { true, false } select
                Like(shared ? none : ownNone, Arm(Second(alpha, shared))),
            Like(permuted, Arm(Permuted(true))),

            // other sizes: smaller models, and of two that stand alone each with half of the weights
            .. from width in new[] { 16, 32 } from arm in Judged.Take(1).Concat(Judged.Skip(2).Take(5)) select
                Wide(width, $"{arm.Name}, width {width}", (Tasked)arm),
            .. from width in new[] { 16, 32 } select
                Wide(width, $"{ownOpposite}, width {width}", Arm(ownOpposite)) with { TunedAs = ownOne },
            Wide(44, "alone, half the weights", (Tasked)Judged[1]),

            .. TrendOf(Judged),
        ],
        [
            Accuracy("agreement", "With one head, a second task that asks the same helps more than one that asks "
                + "something unrelated.", one, none),
            Accuracy("own heads", "With a head for each task, too, a second task that asks the same helps more than "
                + "one that asks something unrelated.", ownOne, ownNone),
            Accuracy("opposite", "A task is better learned alone than beside its opposite with the same head.", Updates,
                opposite),
            Accuracy("permuted", "A second task whose answers are dealt out at random helps.", permuted, Updates),
        ])
    {
        Measurements = [TaskMeasurements.OfAccuracy],
    };

    /// <summary>Alone with as many passes over the goal as together, or with as many steps; and beside a second
    /// task.</summary>
    private static IReadOnlyList<Arm> Judged =>
    [
        Arm(Alone, null), Arm(Updates, null, new MultiTask { Epochs = 5 * Epochs }),
        Arm(one), Arm(none), Arm(opposite), Arm(ownOne), Arm(ownNone), Arm(permuted),
    ];

    /// <summary>Shown, with the rate of another.</summary>
    private static Tasked Like(string tuned, Tasked arm) => arm with { Gallery = true, TunedAs = tuned };

    private static Tasked Wide(int width, string name, Tasked arm) =>
        Like(arm.Name, arm) with { Name = name, Size = config => config with { Width = width } };

    internal static Hypothesis Accuracy(string name, string claim, string arm, string baseline) =>
        new(name, claim, arm, baseline) { Measure = TaskMeasurements.OfAccuracy.Name, IsAccuracy = true };
}
