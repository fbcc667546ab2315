using LmNotebooks.Experiments;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: the same questions where texts of all topics have a form that answers them. Shown, not
/// judged.</summary>
public static class ZeroShotTasksAllExperiment
{
    public static Experiment Definition { get; } = ZeroShotPrompts.In("zero-shot-2", "zero-shot-tasks-all",
        "Does a language model answer better if its texts have questions with answers?");
}
