using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 01: by how much runs differ that are the same but for the last bit of one weight, as they are on
/// two kinds of processor. Shown, not judged.</summary>
public static class NoiseExperiment
{
    internal const string Plain = "joint", Nudged = "joint, last bit";

    public static Experiment Definition { get; } =
        new("noise", "By how much do runs differ that are all but the same?", new Texts("base"),
            [Shown(Plain, new Joint()), Shown(Nudged, new LastBit())], []);

    private static Trained Shown(string name, IStrategy strategy) =>
        new(name, strategy) { Gallery = true, Repeats = 8 };

    /// <summary>Joint training of a model that has the last bit of one weight changed.</summary>
    private sealed record LastBit : IStrategy
    {
        public string Name => "LastBit";

        public Model Build(ModelConfig config, Generator generator)
        {
            var model = new Joint().Build(config, generator);
            using var off = no_grad();
            using var weight = model.Embedding.Module.parameters().First().view(-1)[0];
            weight.copy_(tensor(MathF.BitIncrement(weight.item<float>())));
            return model;
        }

        public IReadOnlyList<Stage> Stages(Model model, Plan plan) => new Joint().Stages(model, plan);
    }
}
