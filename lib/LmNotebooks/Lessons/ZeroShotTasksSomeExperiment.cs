using LmNotebooks.Experiments;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: the same questions where the language has a form to ask for hidden causes, in texts of the
/// first half of the topics; texts of the others are asked about. Shown, not judged.</summary>
public static class ZeroShotTasksSomeExperiment
{
    public static Experiment Definition { get; } = ZeroShotPrompts.In("zero-shot-1", "zero-shot-tasks-some",
        "Does a language model understand a question that it has seen about other topics only?");
}
