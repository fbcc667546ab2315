using LmNotebooks.Experiments;
using LmNotebooks.Questions;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 07: a question that the words of a text do not answer without their order. Shown, not
/// judged.</summary>
public static class PretrainingOrderExperiment
{
    /// <summary>In two sets: after fewer, nobody is better than chance.</summary>
    private const int Answers = 512;

    public static Experiment Definition { get; } = new("pretraining-order",
        "Does pre-training help where the order of the words decides?",
        new Labels("labels", [new("who is better off, subjects or objects", (language, _) => new RoleLabel(language))]),
        [.. PretrainingGallery.Of(Answers), PretrainingGallery.OfShuffled(Answers)], [])
    {
        Measurements = [AnswerMeasurements.OfAccuracy],
    };
}
