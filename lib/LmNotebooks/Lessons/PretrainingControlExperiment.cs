using LmNotebooks.Experiments;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 07: a question of which the distribution of the words shows nothing, so that a model that has
/// learned from text can know nothing of it.</summary>
public static class PretrainingControlExperiment
{
    /// <summary>That two are equal takes more seeds than that one is better.</summary>
    private const int Seeds = 16;

    public static Experiment Definition { get; } = new("pretraining-control",
        "Does pre-training help where the text shows nothing of what is asked?", PretrainingExperiment.World(0.5),
        [
            PretrainingExperiment.FromAnswers(32) with { Repeats = Seeds },
            PretrainingExperiment.OfCausal with { Repeats = Seeds }, PretrainingExperiment.OfCounts(32),
            PretrainingExperiment.FromAnswers(2048) with { Gallery = true, TunedAs = PretrainingExperiment.Scratch },
        ],
        [
            new("no footprint",
                "Pre-trained on text that shows nothing of what is asked, a model answers more questions "
                + "rightly after 32 answers than one that has only these.", PretrainingExperiment.Causal,
                PretrainingExperiment.Scratch) { Measure = AnswerMeasurements.OfAccuracy.Name, IsAccuracy = true },
        ])
    {
        Measurements = [AnswerMeasurements.OfAccuracy, .. SeamMeasurements.All],
    };
}
