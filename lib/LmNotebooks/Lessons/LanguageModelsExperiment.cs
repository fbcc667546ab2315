using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 01: counting and training against the entropy of the language.</summary>
public static class LanguageModelsExperiment
{
    public static Experiment Definition { get; } =
        new("language-models", "How close to the truth does a model of a known language come?", new Texts("base"),
        [new Counted("unigram", 1), new Counted("trigram", 3), new Trained("Transformer", new Joint())],
        [
            new("context", "Two words of context bring a counting model closer to the truth.", "trigram", "unigram"),
            new("learning", "A Transformer comes closer to the truth than a trigram model counted from the same text.",
                "Transformer", "trigram"),
        ])
    {
        Measurements = Measurements.Shares,
    };
}
