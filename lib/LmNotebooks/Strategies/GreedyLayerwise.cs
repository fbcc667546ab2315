using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One layer after another (Belilovsky et al. 2019): the first with the embedding and the positions, each on
/// those before it, which stay as they are, and through a head that is thrown away; the last through the model's own.
/// The norm between layer and head trains in every stage. The head has a matrix of its own, or it would be trained with
/// the first layer. Layers share the tokens equally.</summary>
public sealed record GreedyLayerwise : IStrategy
{
    public string Name => "GreedyLayerwise";

    /// <exception cref="ArgumentException">The layers of this architecture cannot be trained apart.</exception>
    public Model Build(ModelConfig config, Generator generator)
    {
        var model = (config with { TieHead = false }).Build(generator);
        if (model.Body.Parts.Count > 0) return model;
        model.Dispose();
        throw new ArgumentException($"GreedyLayerwise trains layer by layer, and the body of a model of kind "
            + $"{config.Architecture} is one part: use a Transformer.");
    }

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        var (layers, norm) = (model.Body.Parts.Skip(1).SkipLast(1).ToList(), model.Body.Parts[^1]);
        Stage Train(Part layer, int before)
        {
            var head = before < layers.Count - 1 ? TemporaryPart.Head($"head of {layer.Name}", model) : null;
            Part[] below = before == 0 ? [.. model.Parts.TakeWhile(p => p != model.Body), model.Body.Parts[0]] : [];
            return new(layer.Name, new CausalLm { Way = head is null ? Detour.None
                : new() { Layers = before + 1, Head = head } },
                [.. below, layer, norm, head ?? model.Head],
                    plan.Tokens * (before + 1) / layers.Count - plan.Tokens * before / layers.Count) { Schedule =
                        plan.Schedule };
        }
        return [.. layers.Select(Train)];
    }
}
