using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>A finished run outside of an experiment: the trained model, and the record of how it got there.</summary>
public sealed record Run(LanguageModel Model, RunRecord Record)
{
    /// <summary>What it cost and reached.</summary>
    public RunResult Result => Record.Result!;

    /// <summary>Trains one strategy on one data set with one seed, on a thread of its own with one libtorch thread, so
    /// that several runs share a process without disturbing each other. The record is written to
    /// <paramref name="folder"/>, and beside it, until the run ends, what it needs to go on: one that was stopped or
    /// killed goes on when it is trained again, and ends with the same losses and weights, to the last bit. One that
    /// has ended trains anew. Runs that differ in anything, in the text or the width say, have records of their
    /// own.</summary>
    /// <exception cref="ArgumentException">The configuration makes no sense.</exception>
    /// <exception cref="InsufficientMemoryException">The model would not fit; said before it is tried.</exception>
    public static Task<Run> Train(IStrategy strategy, Dataset data, Scale scale, int seed, string folder,
        string experiment) =>
        Train(strategy, data, scale, Config(data, scale), seed, folder, experiment);

    /// <summary>Trains one strategy on one data set with one seed, as a model of a given size.</summary>
    public static async Task<Run> Train(IStrategy strategy, Dataset data, Scale scale, ModelConfig config, int seed,
        string folder, string experiment)
    {
        var (model, record) = await Train<LanguageModel>(strategy, new Material(data), scale, config, seed, folder,
            experiment);
        return new Run(model, record);
    }

    /// <summary>Trains one strategy on one data set with one seed, as a model of any kind, a translator say.</summary>
    /// <param name="material">What it learns from, and what for.</param>
    /// <param name="config">Its size; null for the scale's.</param>
    public static Task<(TModel Model, RunRecord Record)> Train<TModel>(IStrategy strategy, Material material,
        Scale scale, int seed, string folder, string experiment, ModelConfig? config = null) where TModel : Model =>
        Train<TModel>(strategy, material, scale, config ?? material.Config(scale), seed, folder, experiment);

    private static Task<(TModel, RunRecord)> Train<TModel>(IStrategy strategy, Material material, Scale scale,
        ModelConfig config, int seed, string folder, string experiment)
        where TModel : Model
    {
        Fits(config.Checked(), scale.Options);
        var arm = new Trained(strategy.Name, strategy) { Size = _ => config };
        var path = Path.Combine(folder, experiment, $"{Name(arm, material, scale, config, seed)}.jsonl");
        return OnThread(() =>
        {
            var header = Header(experiment, arm, scale, material.GoalData, seed);
            var begun = Hash(header with { Started = default });
            var checkpoint = new Checkpoint(Path.ChangeExtension(path, $"{begun}.safetensors"));
            TModel model;
            using (var file = RunFile.Create(path, header))
            {
                var (made, result) = (arm with { Checkpoint = checkpoint })
                    .Train($"{arm.Name}, seed {seed}", material, scale, seed, file.Append);
                model = (TModel)made;
                file.Append(result);
            }
            File.Delete(checkpoint.Path);
            return (model, RunFile.Read(path));
        });
    }

    /// <summary>The model of a scale for a data set.</summary>
    public static ModelConfig Config(Dataset data, Scale scale) => new Material(data).Config(scale);

    internal static RunHeader Header(string experiment, Arm arm, Scale scale, Dataset data, int seed) =>
        new(experiment, arm.Name,
        new JsonObject { ["scale"] = scale.Name, ["arm"] = arm.Describe(scale) }, seed, Trained.Device.ToString(), 1,
            data.Hash, Sources.HashOf(Sources.FilesOf([typeof(Run), .. new Reach(arm.Make).Types])),
                Provenance.Versions, DateTimeOffset.UtcNow);

    /// <summary>Runs work on a thread of its own, with one libtorch thread.</summary>
    internal static Task<T> OnThread<T>(Func<T> work) => RunHost.Current.Start(() =>
    {
        set_num_threads(1);
        return work();
    });

    /// <summary>What is stopped goes on with the code and on the machine with which it began; with others it begins
    /// anew, and what was stopped waits. The record of a run that ended is replaced by that of the same run, whatever
    /// code made it: its name is that of what was asked for.</summary>
    private static string Name(Arm arm, Material material, Scale scale, ModelConfig config, int seed)
    {
        static object Shape(Corpus corpus) => new { corpus.Rows, corpus.Tokens, corpus.Length, corpus.SourceLength };
        var asked = Hash(new
        {
            arm.Name, Arm = arm.Describe(scale), scale, config, seed,
            Goal = $"{material.Goal}",
            Data = material.Data.Select(d => new { d.Hash, Train = Shape(d.Train), Test = Shape(d.Test) }),
        });
        return $"{RunStore.FileName($"{arm.Name}-{scale.Name}-{seed}")}-{asked}";
    }

    private static string Hash<T>(T value) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value)))[..8];

    private static void Fits(ModelConfig config, TrainingOptions options)
    {
        var needed = config.TrainingBytes(options.BatchRows);
        var there = (double)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > there && !cuda.is_available())
            throw new InsufficientMemoryException($"Training this model needs about {needed / 1e9:N0} GB, and this "
                + $"machine has {there / 1e9:N0} GB: lower Width, Layers, Context or BatchRows.");
    }
}
