using System.Collections.Concurrent;
using System.Text.Json;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>What a training made, which several arms use: in one process it is made once.</summary>
/// <param name="Weights">Of the parameters, in the model's order.</param>
internal sealed record TrainedOnce(Func<Model> Empty, IReadOnlyList<float[]> Weights, RunResult Result,
    IReadOnlyList<RunEvent> Events)
{
    private static readonly ConcurrentDictionary<string, Lazy<TrainedOnce>> All = [];

    /// <summary>The model of an arm, trained now or before. Everything random comes from the seed.</summary>
    public static TrainedOnce Of(Trained arm, Material material, Scale scale, int seed, string run)
    {
        var asked = string.Join('\n', arm.Describe(scale).ToJsonString(), JsonSerializer.Serialize(scale),
            string.Join(' ', material.Data.Select(d => d.Hash)), seed);
        var made = All.GetOrAdd(asked, _ => new(() => Train(arm, material, scale, seed, run)));
        try { return made.Value; }
        catch
        {
            All.TryRemove(new(asked, made));   // what was stopped is tried again
            throw;
        }
    }

    /// <summary>A copy, with weights of its own.</summary>
    public Model Model()
    {
        var model = Empty();
        using var off = no_grad();
        foreach (var (parameter, values) in model.parameters().Zip(Weights))
        {
            using var weights = tensor(values, parameter.shape, device: parameter.device);
            parameter.copy_(weights);
        }
        return model;
    }

    private static TrainedOnce Train(Trained arm, Material material, Scale scale, int seed, string run)
    {
        var events = new List<RunEvent>();
        var (model, result) = arm.Train(run, material, scale, seed, events.Add);
        var config = model.Config;
        using var scope = NewDisposeScope();
        return new(() =>
        {
            using var generator = new Generator(0);
            var empty = arm.Strategy.Build(config, generator);
            empty.to(Trained.Device);
            return empty;
        }, [.. model.parameters().Select(p => p.detach().cpu().data<float>().ToArray())], result, events);
    }
}
