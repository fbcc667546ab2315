using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>How many numbers a fine-tuning trains: those that a reader has to keep for each goal beside one model for
/// all.</summary>
public static class TunedParameters
{
    /// <summary>Of each arm of an experiment that is fine-tuned, by its name.</summary>
    /// <inheritdoc cref="Of(FineTuned, Material, Scale)"/>
    public static IReadOnlyDictionary<string, long> Of(Experiment experiment, Scale scale)
    {
        var (_, material) = experiment.World.Draw(scale, seed: 1);
        return experiment.Arms.OfType<FineTuned>().ToDictionary(arm => arm.Name, arm => Of(arm, material, scale));
    }

    /// <summary>Of an arm at a scale: the parameters that train in any stage that learns from answers, each counted
    /// once. Of an update of low rank those are its factors, and not the matrices that it is added to.</summary>
    /// <param name="material">What it learns from.</param>
    public static long Of(FineTuned arm, Material material, Scale scale)
    {
        var at = arm.At(scale);
        using var generator = new Generator(1);
        using var model = arm.Strategy.Build(new Trained(arm.Name, arm.Strategy) { Size = arm.Size }
            .Config(material, at), generator);
        var stages = arm.Strategy.Stages(model, new(at.TrainTokens, at.Schedule, material.Goal, material.Data));
        try
        {
            return stages.Where(s => s.Aims.Any(aim => aim.Objective.Answers)).SelectMany(s => s.Train)
                .SelectMany(part => part.Module.parameters()).Distinct().Sum(p => p.numel());
        }
        finally { foreach (var part in stages.SelectMany(s => s.Temporary).Distinct()) part.Free(); }
    }
}
