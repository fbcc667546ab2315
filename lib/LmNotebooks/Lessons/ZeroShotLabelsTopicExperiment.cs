using LmNotebooks.Experiments;
using LmNotebooks.Languages;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: how many answers a model needs that learns the topic of a text from these alone. What a prompt
/// is worth is read off it.</summary>
public static class ZeroShotLabelsTopicExperiment
{
    public static Experiment Definition { get; } =
        ZeroShotLabels.Of("zero-shot-labels-topic", Latent.Topic, [8, 32, 128], 512);
}
