using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One model learns from all data at once (Caruana 1997): the parts that read are shared, and each question
/// has its head. Two questions share a head where their data name it alike. Tasks take turns, a step for one.</summary>
public sealed record MultiTask : IStrategy
{
    public string Name => "MultiTask";

    /// <summary>Temperature T of sampling: a step is for a task of n examples with a chance in proportion to n^(1/T).
    /// With 1 all examples are seen equally often, at infinity all tasks are (Arivazhagan et al. 2019).</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How often the examples of the goal are seen, in the mean over the draws of sampling; null where the
    /// plan's tokens decide.</summary>
    public double? Epochs { get; init; }

    /// <summary>How often they are seen after that, when the goal is learned alone, as fine-tuning (Liu et al.
    /// 2019).</summary>
    public double EpochsAlone { get; init; }

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // Each data set is an aim of its own: a text is to be predicted, a question to be answered.
        var goal = plan.Goal.Data!;
        Aim[] aims =
        [
            plan.Goal with { Share = ShareOf(goal) },
            .. plan.Data.Except([goal]).Select(d => TaskAims.For(d) with { Share = ShareOf(d) }),
        ];

        // What several aims use is one part, which learns from all of them: that is what they share.
        var uses = aims.SelectMany(aim => aim.Objective.Uses(model)).Distinct();
        Stage[] stages =
        [
            new("together", aims, [.. uses], Epochs is { } epochs ? Tokens(aims, epochs) : plan.Tokens)
                { Schedule = plan.Schedule },
            new("alone", [plan.Goal], plan.Goal.Objective.Uses(model), (long)(EpochsAlone * goal.Train.Tokens))
                { Schedule = plan.Schedule },
        ];
        return [.. stages.Where(stage => stage.Tokens > 0)];
    }

    private double ShareOf(Dataset data) => Math.Pow(data.Train.Rows, 1 / Temperature);

    /// <summary>Tokens after which the goal, the first aim, has been seen so often.</summary>
    private static long Tokens(IReadOnlyList<Aim> aims, double epochs)
    {
        var examples = epochs * aims[0].Data!.Train.Rows / aims[0].Share;   // for each unit of a share
        return (long)aims.Sum(aim => examples * aim.Share * aim.Data!.Train.Tokens / aim.Data.Train.Rows);
    }
}
