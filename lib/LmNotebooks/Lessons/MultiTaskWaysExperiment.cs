using LmNotebooks.Experiments;
using LmNotebooks.Strategies;
using static LmNotebooks.Lessons.TaskRelations;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: other ways to learn a second task, one change each. Shown, not judged.</summary>
public static class MultiTaskWaysExperiment
{
    /// <summary>Peak rate: what tuning found for most arms of <see cref="MultiTaskExperiment"/>.</summary>
    private const double Rate = 3e-3;

    /// <summary>Passes over the goal's answers where both tasks are in every step: as many texts are read in all as
    /// where they take turns.</summary>
    private const int CombinedEpochs = 50;

    public static Experiment Definition { get; } = new("multi-task-ways",
        "What else can be done with a second task?", World,
        [
            // a word before each text tells which task it is
            .. new[] { 1.0, 0, -1 }.Select(alpha =>
                Shown($"alpha {alpha}, one head and a prefix", Second(alpha, true)) with { Prefixed = true }),

            // how often each task has its turn: by its examples, by the roots of their numbers, equally
            .. from temperature in new[] { 2, double.PositiveInfinity } from alpha in new[] { 1.0, 0 } select
                Shown($"{Second(alpha, false)}, temperature {(temperature > 2 ? "infinite" : "2")}",
                    Second(alpha, false), new MultiTask { Epochs = Epochs, Temperature = temperature }),

            // both tasks in every step, their losses made one in three ways; each way may try as much
            Combined("sum", Combination.WeightedSum, Choice.Among("weight of the goal", (arm, weight) =>
                With(arm, s => s with { Weights = [weight, 1] }), 1, 3, 1 / 3.0)),
            Combined("uncertainty weighting", Combination.UncertaintyWeighting, Texts),
            Combined("PCGrad", Combination.PcGrad, Texts),

            // together, and then alone
            .. new[] { Second(0, true), Second(-1, true), Second(0, false), Second(1, false) }.Select(second =>
                Shown($"{second}, then alone", second, new MultiTask { Epochs = Epochs, EpochsAlone = Epochs })),
        ], [])
    {
        Measurements = [TaskMeasurements.OfAccuracy],
    };

    /// <summary>Both tasks in every step.</summary>
    private static Tasked Combined(string name, Combination combination, Choice choice) =>
        Arm(name, Second(0, false), new CombinedTasks
        {
            Combination = combination, Epochs = CombinedEpochs, BatchRows = Rows,
        }) with
        {
            Choices = [choice],
        };

    private static Choice Texts => Choice.Among("texts of a task in a step", (arm, rows) =>
        With(arm, s => s with { BatchRows = rows }), Rows, Rows / 2, 2 * Rows);

    private static Arm With(Arm arm, Func<CombinedTasks, CombinedTasks> change) =>
        (Tasked)arm with { Strategy = change((CombinedTasks)((Tasked)arm).Strategy) };

    private static Tasked Shown(string name, string second, IStrategy? strategy = null)
    {
        var arm = Arm(name, second, strategy);
        return arm with
        {
            Gallery = true, At = scale => arm.At(scale with { Schedule = scale.Schedule with { Peak = Rate } }),
        };
    }
}
