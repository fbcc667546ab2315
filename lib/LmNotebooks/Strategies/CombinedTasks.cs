using System.Globalization;
using System.Text;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>One model learns all tasks in every step: each step takes a batch of the goal and one of each other data
/// set, and one gradient is made of them all. The budget counts the goal's tokens; the FLOPs are those of all
/// tasks.</summary>
public sealed record CombinedTasks : IStrategy
{
    public string Name => "CombinedTasks";

    /// <summary>How one gradient is made of those of all tasks.</summary>
    public Combination Combination { get; init; }

    /// <summary>For <see cref="Combination.WeightedSum"/>: the weights of the goal and of the other data sets, in their
    /// order; none for equal ones. Only their ratios matter.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>How often all rows of the goal are learned from; null to spend the budget of the plan.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows in each batch; null for as many as the run has. The projections of
    /// <see cref="Combination.PcGrad"/> are then counted as for <see cref="TrainingOptions"/> of which nothing is
    /// said.</summary>
    public int? BatchRows { get; init; }

    public Model Build(ModelConfig config, Generator generator) => config.Build(generator);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are other weights than tasks; one sentence.</exception>
    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // Each data set is a task of its own, and all but the goal's bring their batches along.
        Aim[] others = [.. plan.Data.Except([plan.Goal.Data!]).Select(TaskAims.For)];
        var combined = Of(model, plan.Goal.Objective, others);

        // What any of them uses trains, and what weighs them, if that is learned.
        Part[] train = [.. combined.Uses(model), .. combined is UncertaintyWeighting w ? [w.Uncertainty.Part]
            : Array.Empty<Part>()];
        var tokens = Epochs is { } passes ? passes * plan.Goal.Data!.Train.Tokens : plan.Tokens;
        return [new("together", [plan.Goal with { Objective = combined }], train, tokens)
            { Schedule = plan.Schedule, BatchRows = BatchRows }];
    }

    private Combined Of(Model model, IObjective goal, IReadOnlyList<Aim> others) => Combination switch
    {
        Combination.UncertaintyWeighting => new UncertaintyWeighting(goal, others,
            new("uncertainty", model, others.Count + 1)),
        Combination.PcGrad => new PcGrad(goal, others) { BatchRows = BatchRows ?? new TrainingOptions().BatchRows },
        _ => Weights.Count == 0 ? new WeightedSum(goal, others) : new WeightedSum(goal, others) { Weights = Weights },
    };

    public bool Equals(CombinedTasks? other) => other is not null && Weights.SequenceEqual(other.Weights)
        && (Combination, Epochs, BatchRows) == (other.Combination, other.Epochs, other.BatchRows);

    public override int GetHashCode() => HashCode.Combine(Combination, Epochs, BatchRows, Weights.Count);

    /// <summary>As records print themselves, but with the weights one by one.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        var weights = string.Join(" : ", Weights.Select(w => w.ToString(CultureInfo.InvariantCulture)));
        builder.Append(CultureInfo.InvariantCulture, $"Name = {Name}, Combination = {Combination}, "
            + $"Weights = {weights}, Epochs = {Epochs}, BatchRows = {BatchRows}");
        return true;
    }
}
