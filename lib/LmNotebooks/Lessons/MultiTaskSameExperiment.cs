using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using static LmNotebooks.Lessons.TaskRelations;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: the answers of the goal and those of a second task that asks the same, as what they are:
/// answers to one question. Shown, not judged.</summary>
public static class MultiTaskSameExperiment
{
    /// <summary>In one set: those of the goal, and four times as many of the second task.</summary>
    private const int Answers = 640;

    private const int Seeds = 8;

    public static Experiment Definition { get; } = new("multi-task-same",
        "Is a second task that asks the same anything but more answers?", World,
        [
            Arm($"{Alone}, {Answers} answers", null) with { Gallery = true, Repeats = Seeds, At = WithAll },
            new WordCounts($"{PretrainingExperiment.Counts}, {Answers} answers",
                Lingua.Preset("labels", 1).Words.ToList().IndexOf("not")) { Sets = Sets, At = WithAll },
        ], [])
    {
        Measurements = [TaskMeasurements.OfAccuracy],
    };

    private static Scale WithAll(Scale scale) => scale with
    {
        Labels = scale.Labels * Sets * Answers / 512, Options = Steps(scale.Options),
    };
}
