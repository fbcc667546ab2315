using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>How many numbers a fine-tuning trains: those that a reader has to keep for each goal beside one model for
/// all.</summary>
public static class TunedParameters
{
    /// <summary>Of an arm at a scale: the parameters that train in any stage that learns from answers, each counted
    /// once. Of an update of low rank those are its factors, and not the matrices that it is added to.</summary>
    /// <param name="world">What it learns from; as much is drawn as one run reads.</param>
    /// <exception cref="ArgumentException">There is no such model; one sentence.</exception>
    public static long Of(FineTuned arm, IWorld world, Scale scale)
    {
        var at = arm.At(scale);
        var (_, material) = world.Draw(at, seed: 1);
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
