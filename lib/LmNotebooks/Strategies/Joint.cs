using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>The baseline of every method: all parts train together, end to end, on predicting the next token.</summary>
public sealed record Joint : IStrategy
{
    public string Name => "Joint";

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, long tokens, Schedule schedule) =>
        [new("joint", new CausalLm(), model.Parts, tokens) { Schedule = schedule }];
}
