using LmNotebooks.Experiments;
using LmNotebooks.Languages;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: how many answers a model needs that learns the polarity of a text from these alone. What a
/// prompt is worth is read off it.</summary>
public static class ZeroShotLabelsPolarityExperiment
{
    public static Experiment Definition { get; } =
        ZeroShotLabels.Of("zero-shot-labels-polarity", Latent.Polarity, [8, 32, 128, 512], 2048);
}
