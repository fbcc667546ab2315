using System.Text.Json;
using System.Text.Json.Nodes;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>A finished run: the trained model, and the record of how it got there.</summary>
public sealed record Run(LanguageModel Model, RunRecord Record)
{
    /// <summary>Trains one strategy on one data set with one seed, on a thread of its own with one libtorch thread, so that several runs
    /// share a process without disturbing each other. The record is written to <paramref name="folder"/>.</summary>
    /// <exception cref="ArgumentException">The configuration makes no sense.</exception>
    /// <exception cref="InsufficientMemoryException">The model would not fit; said before it is tried.</exception>
    public static Task<Run> Train(IStrategy strategy, Dataset data, Scale scale, int seed, string folder, string experiment) =>
        Train(strategy, data, scale, Config(data, scale), seed, folder, experiment);

    /// <summary>The same with a model of another size than the scale's.</summary>
    public static Task<Run> Train(IStrategy strategy, Dataset data, Scale scale, TransformerConfig config, int seed, string folder, string experiment)
    {
        Fits(config.Checked(), scale.Options);
        return Task.Factory.StartNew(() => TrainHere(strategy, data, scale, config, seed, folder, experiment), TaskCreationOptions.LongRunning);
    }

    /// <summary>The model of a scale for a data set.</summary>
    public static TransformerConfig Config(Dataset data, Scale scale) => new()
    {
        Vocabulary = data.Vocabulary, Context = Math.Max(data.Train.Length, data.Test.Length), Start = data.Start,
        Width = scale.Width, Layers = scale.Layers, Heads = scale.Heads,
    };

    private static Run TrainHere(IStrategy strategy, Dataset data, Scale scale, TransformerConfig config, int seed, string folder, string experiment)
    {
        set_num_threads(1);
        var device = cuda.is_available() ? CUDA : CPU;
        using var generator = new Generator((ulong)seed);
        var model = strategy.Build(config, generator);
        model.to(device);
        var stages = strategy.Stages(model, scale.TrainTokens, scale.Schedule);
        var header = new RunHeader(experiment, strategy.Name, Describe(config, scale, stages), seed, device.ToString(), get_num_threads(),
            data.Hash, Sources.Hash, Provenance.Versions, DateTimeOffset.UtcNow);
        var path = Path.Combine(folder, experiment, $"{strategy.Name}-{scale.Name}-{data.Hash}-{seed}.jsonl".ToLowerInvariant());
        using (var file = RunFile.Create(path, header))
            file.Append(new Trainer($"{strategy.Name}, seed {seed}", model, data, scale.Options, generator).Train(stages, file.Append));
        return new Run(model, RunFile.Read(path));
    }

    private static JsonObject Describe(TransformerConfig config, Scale scale, IReadOnlyList<Stage> stages) => JsonSerializer.SerializeToNode(new
    {
        model = config,
        scale = scale.Name,
        training = scale.Options,
        stages = stages.Select(s => new { s.Name, objective = s.Objective.Name, parts = s.Train.Select(p => p.Name), s.Tokens, s.Schedule }),
    }, JsonSerializerOptions.Web)!.AsObject();

    private static void Fits(TransformerConfig config, TrainingOptions options)
    {
        var needed = config.TrainingBytes(options.BatchRows);
        var there = (double)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > there && !cuda.is_available())
            throw new InsufficientMemoryException($"Training this model needs about {needed / 1e9:N0} GB, and this machine has {there / 1e9:N0} GB: lower Width, Layers, Context or BatchRows.");
    }
}
