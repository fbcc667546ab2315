using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>A model learns from text alone, and then, from its examples, what it is for (Radford et al. 2018; Devlin et
/// al. 2019). It reads what it is asked about as it learned to read.</summary>
public sealed record PretrainThenFineTune : IStrategy
{
    public string Name => "PretrainThenFineTune";

    /// <summary>What is learned from text in pre-training.</summary>
    public IObjective Pretraining { get; init; } = new CausalLm();

    /// <summary>Share of the tokens for pre-training; 0 leaves the model as it is drawn.</summary>
    public double PretrainingShare { get; init; } = 0.8;

    /// <summary>How often fine-tuning reads the data of the goal: pre-training, if there is any, gets the rest of the
    /// tokens. Null where the share decides.</summary>
    public int? Epochs { get; init; }

    /// <summary>Peak rate of pre-training; null for that of fine-tuning.</summary>
    public double? PretrainingRate { get; init; }

    /// <summary>How often pre-training reads the texts of the goal's own data, and no others; null where it reads the
    /// given text.</summary>
    public int? OwnTextEpochs { get; init; }

    /// <summary>Share of the steps of fine-tuning that go on with pre-training's objective, on the texts of the goal's
    /// data. The answers are read as often as without.</summary>
    public double Auxiliary { get; init; }

    /// <summary>Whether a question about a text is answered from all its positions, each of which sees the whole text;
    /// else from the last one. Null for the way in which pre-training reads.</summary>
    public bool? ReadsWhole { get; init; }

    /// <summary>Whether only the head of the goal trains in fine-tuning, on states that stay as they are; else all
    /// that the goal is computed with.</summary>
    public bool Probe { get; init; }

    public Model Build(ModelConfig config, Generator generator) =>
        // The head must read the text as pre-training taught the body to: whole, or from its end.
        (config with { ReadsWhole = ReadsWhole ?? Pretraining.ReadsWhole }).Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // Both stages share one budget: what fine-tuning takes, pre-training does not get.
        var (goal, uses) = (plan.Goal.Data!, plan.Goal.Objective.Uses(model));
        var tuning = Epochs is { } epochs ? epochs * goal.Train.Tokens
            : plan.Tokens - (long)(PretrainingShare * plan.Tokens);
        var text = OwnTextEpochs * goal.Train.Tokens ?? (PretrainingShare > 0 ? plan.Tokens - tuning : 0);
        var own = OwnTextEpochs is not null || Auxiliary > 0 ? AskedTexts.Of(goal) : null;
        Aim[] aims = Auxiliary == 0 ? [plan.Goal]
            : [plan.Goal with { Share = 1 - Auxiliary }, new(Pretraining, own) { Share = Auxiliary }];
        Part[] tuned = Probe ? [uses[^1]] : Auxiliary == 0 ? [.. uses] : [.. uses, model.Head];
        Stage[] stages =
        [
            // Text is plenty and needs no labels: everything learns from it.
            new("pre-training", [new(Pretraining, OwnTextEpochs is null ? plan.Text : own)], model.Parts, text)
                { Schedule = plan.Schedule with { Peak = PretrainingRate ?? plan.Schedule.Peak } },
            // The goal, on what has been learned. The last part that it uses is its head, all that a probe trains.
            new("fine-tuning", aims, tuned, (long)(tuning / (1 - Auxiliary))) { Schedule = plan.Schedule },
        ];
        return [.. stages.Where(s => s.Tokens > 0)];
    }
}
