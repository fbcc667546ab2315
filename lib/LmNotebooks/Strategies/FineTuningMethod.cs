using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Strategies;

/// <summary>A method of fine-tuning: pre-training as ever, and then not all at once, or not all.</summary>
public abstract record FineTuningMethod : IStrategy
{
    public abstract string Name { get; }

    /// <summary>What this method is compared with: its pre-training, and what its fine-tuning learns from, for how many
    /// tokens and at which rate.</summary>
    public PretrainThenFineTune Plain { get; init; } = new();

    public Model Build(ModelConfig config, Generator generator) => Plain.Build(config, generator);

    public IReadOnlyList<Stage> Stages(Model model, Plan plan)
    {
        // Only the last stage is another.
        var stages = Plain.Stages(model, plan);
        return [.. stages.SkipLast(1), .. Tune(model, stages[^1])];
    }

    /// <summary>The stages that stand in the place of one, and spend its tokens.</summary>
    /// <param name="whole">Trains all that the goal is computed with.</param>
    protected abstract IReadOnlyList<Stage> Tune(Model model, Stage whole);

    /// <summary>What answers, of all that a stage trains: the parts that do not read.</summary>
    protected static IReadOnlyList<Part> Heads(Model model, Stage whole) => [.. whole.Train.Except(model.Readers)];

    /// <summary>A stage that trains the head, and what is added to weights of the model, which stays as it
    /// is.</summary>
    protected static Stage Updating(Model model, Stage whole, WeightUpdate update) => whole with
    {
        Aims = [.. whole.Aims.Select(aim => aim with { Objective = new Updated(aim.Objective, update) })],
        Train = [update.Part, .. Heads(model, whole)],
    };
}
