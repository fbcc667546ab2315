using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 03: counting and training against the entropy of the language.</summary>
public static class LanguageModelsExperiment
{
    private const string Transformer = "Transformer";

    public static Experiment Definition { get; } =
        new("language-models", "How close to the truth does a model of a known language come?", new Texts("base"),
        [.. Judged, .. Trend.ArmsOf(Judged)],
        [
            new("context", "A word of context brings a counting model closer to the truth.", "bigram", "unigram"),
            new("more context", "A second word of context brings it closer still.", "trigram", "bigram"),
            new("learning", "A Transformer comes closer to the truth than a trigram model counted from the same text.",
                Transformer, "trigram"),
        ])
    {
        Measurements = Measurements.Shares,
    };

    /// <summary>With this much text a third word of context makes next to no difference to counting: the 4-gram model
    /// stands beside the trigram model to show it.</summary>
    private static IReadOnlyList<Arm> Judged =>
    [
        new Counted("unigram", 1), Smoothed("bigram", 2), Smoothed("trigram", 3), Smoothed("4-gram", 4),
        new Trained(Transformer, new Joint()),
    ];

    private static Counted Smoothed(string name, int order) => new(name, order) { Smoothing = Smoothing.KneserNey };
}
