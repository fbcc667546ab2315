using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>Embedding and head are fixed, and the same in every run; the body trains between them. Bodies of different seeds, and of
/// different shapes, then fit into each other's place.</summary>
public sealed record FrozenInterface : IStrategy
{
    public string Name => "FrozenInterface";

    /// <summary>What a random interface is drawn from, whatever the seed of the run.</summary>
    public int Seed { get; init; }

    public Model Build(ModelConfig config, Generator generator)
    {
        var model = config.Build(generator);
        using var fixedDraws = new Generator((ulong)Seed);
        model.Initialise(fixedDraws, [model.Embedding, model.Head]);
        return model;
    }

    public IReadOnlyList<Stage> Stages(Model model, long tokens, Schedule schedule) =>
        [new("body", new CausalLm(), [model.Body], tokens) { Schedule = schedule }];
}
