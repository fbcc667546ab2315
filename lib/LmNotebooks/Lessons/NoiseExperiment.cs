using LmNotebooks.Experiments;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 01: by how much runs differ that are the same but for the last bit of one weight, as they are on
/// two kinds of processor. Shown, not judged.</summary>
public static class NoiseExperiment
{
    private const double OnceInAThousand = 0.999;

    internal const string Plain = "joint", Nudged = "joint, last bit";

    public static Experiment Definition { get; } =
        new("noise", "By how much do runs differ that are all but the same?", new Texts("base"),
            [Shown(Plain, new Joint()), Shown(Nudged, new LastBit())], []);

    /// <summary>Difference of final losses, nats per token, that another kind of processor may make. A run that has the
    /// last bit of one weight changed differs by more than that once in a thousand times, by the eight that were
    /// made.</summary>
    /// <exception cref="InvalidOperationException">The noise has not been measured at this scale; one
    /// sentence.</exception>
    public static double ToleranceAt(Scale scale, RunStore store)
    {
        var runs = store.Read(Definition.Name, scale.Name).Where(r => r.Finished)
            .ToLookup(r => r.Header.Arm, r => (r.Header.Seed, r.Result!.TestLoss));
        double[] differences = [.. runs[Plain].Join(runs[Nudged], r => r.Seed, r => r.Seed, (a, b) =>
            b.TestLoss - a.TestLoss)];
        if (differences.Length < 2)
            throw new InvalidOperationException($"The noise of runs at {scale.Name} is not known: measure it with "
                + $"'lm experiment {Definition.Name} --scale {scale.Name}'.");
        var next = Interval.OfNext(differences, OnceInAThousand);
        return Math.Max(-next.Low, next.High);
    }

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
