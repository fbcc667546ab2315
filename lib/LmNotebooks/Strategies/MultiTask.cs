using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One model learns from all data at once (Caruana 1997): the parts that read are shared, and each question
/// has its head. Two questions share a head where their data name it alike.</summary>
public sealed record MultiTask : IStrategy
{
    public string Name => "MultiTask";

    /// <summary>How often a step is for the goal, to one for each of the other data sets.</summary>
    public double GoalShare { get; init; } = 1;

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // Each data set is an aim of its own: a text is to be predicted, a question to be answered.
        Aim[] aims = [plan.Goal with { Share = GoalShare }, .. plan.Data.Except([plan.Goal.Data!]).Select(Aim.For)];

        // What several aims use is one part, which learns from all of them: that is what they share.
        var uses = aims.SelectMany(aim => aim.Objective.Uses(model)).Distinct();
        return [new("together", aims, [.. uses], plan.Tokens) { Schedule = plan.Schedule }];
    }
}
