using LmNotebooks.Experiments;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: whether the gradients of two tasks agree, early in training and late. Shown, not
/// judged.</summary>
public static class MultiTaskGradientsExperiment
{
    private const int Seeds = 4;

    public static Experiment Definition { get; } = new("multi-task-gradients",
        "Do the gradients of two tasks agree?", SixTasks.World(MultiTaskTransferExperiment.Answers),
        [
            .. new[] { 1 / 8.0, 1 / 4.0, 1 }.Select(share => MultiTaskTransferExperiment.Arm(
                FormattableString.Invariant($"all six, {share:P0} of training"), share, SixTasks.All) with
                {
                    Repeats = Seeds,
                }),
        ], [])
    {
        Measurements = [.. MultiTaskTransferExperiment.Pairs.SelectMany(pair =>
            TaskGradients.OfCosine(pair.One, pair.Other))],
    };
}
