using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One layer after another (Belilovsky et al. 2019): the first with the embedding and the positions, each on
/// those before it, which stay as they are, and through a head that is thrown away; the last through the model's own.
/// The norm between layer and head trains in every stage. The head has a matrix of its own, or it would be trained with
/// the first layer.</summary>
public sealed record GreedyLayerwise : IStrategy
{
    public string Name => "GreedyLayerwise";

    /// <summary>Tokens of a layer, as a multiple of those of the layer before it.</summary>
    public double Growth { get; init; } = 1;

    /// <exception cref="ArgumentException">The layers of this architecture cannot be trained apart.</exception>
    public Model Build(ModelConfig config, Generator generator)
    {
        // A tied head would be trained with the embedding, which is part of the first layer's stage alone.
        var model = (config with { TieHead = false }).Build(generator);

        // Only a body of several parts has layers to train apart.
        if (model.Body.Parts.Count > 0) return model;
        model.Dispose();
        throw new ArgumentException($"GreedyLayerwise trains layer by layer, and the body of a model of kind "
            + $"{config.Architecture} is one part: use a Transformer.");
    }

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // The parts of a body are the positions, the layers and the norm.
        var (layers, norm) = (model.Body.Parts.Skip(1).SkipLast(1).ToList(), model.Body.Parts[^1]);
        long Until(int layer) => (long)(plan.Tokens * Sum(layer) / Sum(layers.Count));
        double Sum(int count) => Enumerable.Range(0, count).Sum(i => Math.Pow(Growth, i));
        Stage Train(Part layer, int before)
        {
            // What is the layer to be good for? It predicts the next token itself, through a head of its own; the last
            // layer has the model's.
            var head = before < layers.Count - 1 ? TemporaryPart.Head($"head of {layer.Name}", model) : null;

            // What comes before the first layer trains with it: nothing earlier could have trained it.
            Part[] below = before == 0 ? [.. model.Parts.TakeWhile(p => p != model.Body), model.Body.Parts[0]] : [];

            // Of the layers, this one alone trains, and those after it are not gone through.
            return new(layer.Name, new CausalLm { Way = head is null ? Detour.None
                : new() { Layers = before + 1, Head = head } },
                [.. below, layer, norm, head ?? model.Head],
                    Until(before + 1) - Until(before)) { Schedule = plan.Schedule };
        }
        return [.. layers.Select(Train)];
    }
}
