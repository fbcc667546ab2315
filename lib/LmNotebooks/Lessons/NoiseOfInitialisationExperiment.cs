using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 01: by how much runs differ that learn one language, and differ in their first weights and in the
/// texts and the order in which they read them. Shown, not judged.</summary>
public static class NoiseOfInitialisationExperiment
{
    public static Experiment Definition { get; } =
        new("noise-one-language", "By how much do runs on one language differ?", new Texts("base") { Language = 1 },
            [new Trained(NoiseExperiment.Plain, new Joint()) { Gallery = true, Repeats = 8 }], []);
}
