using LmNotebooks.Experiments;
using LmNotebooks.Questions;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 07: half of the topics have no answers. The text of pre-training has all of them; the answered
/// texts have the first two, and the test texts the others. Shown, not judged.</summary>
public static class PretrainingTopicsExperiment
{
    private const int Answers = 32;

    public static Experiment Definition { get; } = new("pretraining-topics",
        "Does pre-training help with topics that have no answers?",
        new Labels("labels", [About(0, 1) with { Tested = About(2, 3) }]), PretrainingGallery.Of(Answers), [])
    {
        Measurements = [AnswerMeasurements.OfAccuracy, AnswerMeasurements.OfAccuracyAsLearned],
    };

    /// <summary>The question of <see cref="PretrainingExperiment"/>, about texts of some topics.</summary>
    private static Question About(params IReadOnlyList<int> topics) =>
        new($"sign, phi 1, topics {string.Join(" and ", topics)}",
            (language, seed) => SignLabel.Of(language, 1, seed).About(topics));
}
