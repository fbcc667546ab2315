using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>The baseline of every method: all parts that the goal is computed with train together, end to
/// end, on the goal alone.</summary>
public sealed record Joint : IStrategy
{
    public string Name => "Joint";

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan) =>
        // One stage: what the goal does not use has no gradient, and is not trained.
        [new("joint", [plan.Goal], plan.Goal.Objective.Uses(model), plan.Tokens) { Schedule = plan.Schedule }];
}
