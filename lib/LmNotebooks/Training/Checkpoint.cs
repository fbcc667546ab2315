using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using LmNotebooks.Files;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>A file in which a run keeps what it needs to go on after it was stopped, in whatever way: it then ends with
/// the same losses and weights, to the last bit, as if it had not been. The file is one safetensors file: the weights
/// by their names, the moments of the optimizer, and the rest as JSON in its metadata.</summary>
/// <param name="path">The file. A trainer goes on from it if it is there, and replaces it as it goes.</param>
public sealed class Checkpoint(string path)
{
    private const string RunKey = "run", ModelKey = "model", Mean = "optimizer.mean", Square = "optimizer.square";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,   // the training loss of the first event
    };

    private double cost = 0.01;   // seconds: a guess, until the first save has shown it
    private long saved = Stopwatch.GetTimestamp();

    public string Path => path;

    /// <summary>Share of the time that saving may take while a stage trains: the quicker it is, the more often it is
    /// done. It is done besides at the end of every stage, and where the host cancels.</summary>
    public double Share { get; init; } = 0.005;

    /// <summary>Writes a model that is to be kept.</summary>
    /// <exception cref="IOException">The file cannot be written; one sentence.</exception>
    public static void Save(Model model, string path) => SafeTensors.Write(path, model.state_dict(), Described(model));

    /// <summary>The model of a file, for evaluation or more training: one that was kept, or that of a run, whether it
    /// has ended or not.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or a broken one; one sentence.</exception>
    public static Model Load(string path)
    {
        using var file = new SafeTensors(path);
        using var generator = new Generator(0);
        Model model;
        try { model = Parse<ModelConfig>(file, path, ModelKey).Build(generator); }
        catch (ArgumentException e) { throw new InvalidDataException($"{path} describes no model: {e.Message}"); }
        ReadWeights(file, model);
        return model;
    }

    /// <summary>Whether the last save is so long ago that another is cheap.</summary>
    internal bool IsDue => Stopwatch.GetElapsedTime(saved).TotalSeconds * Share >= cost;

    /// <summary>Sets the model to what was saved.</summary>
    /// <returns>Where the run was; null if nothing has been saved yet.</returns>
    /// <exception cref="InvalidDataException">The file is broken, or of another run; one sentence that names both
    /// sides.</exception>
    internal TrainingState? Resume(Model model, IReadOnlyList<Part> temporary, IReadOnlyDictionary<string, string> plan)
    {
        if (!File.Exists(path) || WholeFile.IsBlank(path)) return null;
        using var file = new SafeTensors(path);
        var state = Parse<TrainingState>(file, path, RunKey);
        foreach (var (name, here) in plan.Concat(Described(model)))
            if (file.Metadata.GetValueOrDefault(name) is var there && there != here)
                throw new InvalidDataException($"{path} is of another run: it has {name} {there}, this run {name} "
                    + $"{here}; choose another file or delete it.");
        ReadWeights(file, model, temporary);
        return state;
    }

    /// <summary>Sets the optimizer to what was saved.</summary>
    internal void Resume(FlatAdamW optimizer, long steps)
    {
        using var file = new SafeTensors(path);
        file.Read(Mean, optimizer.Mean);
        file.Read(Square, optimizer.Square);
        optimizer.Steps = steps;
    }

    /// <param name="optimizer">Null between two stages.</param>
    internal void Save(Model model, IReadOnlyList<Part> temporary, FlatAdamW? optimizer, TrainingState state,
        IReadOnlyDictionary<string, string> plan)
    {
        var begin = Stopwatch.GetTimestamp();
        var tensors = new Dictionary<string, Tensor>(Weights(model, temporary));
        if (optimizer is not null) (tensors[Mean], tensors[Square]) = (optimizer.Mean, optimizer.Square);
        SafeTensors.Write(path, tensors, new Dictionary<string,
            string>([.. plan, .. Described(model), new(RunKey, JsonSerializer.Serialize(state, Json))]));
        (saved, cost) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    /// <summary>What makes two runs the same run.</summary>
    internal static IReadOnlyDictionary<string,
        string> Plan(Aim goal, IReadOnlyList<Stage> stages, TrainingOptions options, Generator generator)
    {
        static string Said(Dataset data) => $"{data.Name} ({data.Hash}, vocabulary {data.Vocabulary}, "
            + $"{data.Train.Rows} rows of {data.Train.Tokens} tokens)";
        return new Dictionary<string, string>
        {
            ["data"] = Said(goal.Data!),
            ["stages"] = JsonSerializer.Serialize(
                stages.Select(s => new { s.Name, Aims =
                    s.Aims.Select(a => new { a.Objective.Name, a.Share, Data = a.Data is null ? null : Said(a.Data) }),
                    s.BatchRows, Train = s.Train.Select(p => p.Name),
                    Reset = s.Reset.Select(p => p.Name), s.Tokens, s.Schedule, s.Needs }), Json),
            ["options"] = JsonSerializer.Serialize(options, Json),
            ["seed"] = $"{generator.initial_seed()}",
        };
    }

    private static Dictionary<string, string> Described(Model model) =>
        new() { [ModelKey] = JsonSerializer.Serialize(model.Config, Json) };

    private static void ReadWeights(SafeTensors file, Model model, params IReadOnlyList<Part> temporary)
    {
        foreach (var (name, weight) in Weights(model, temporary)) file.Read(name, weight);
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Weights(Model model, IReadOnlyList<Part> temporary) =>
        [.. model.state_dict(), .. temporary.SelectMany(part => part.Module.state_dict(), (part, w) =>
            KeyValuePair.Create($"{part.Name}.{w.Key}", w.Value))];

    private static T Parse<T>(SafeTensors file, string path, string key)
    {
        try { return JsonSerializer.Deserialize<T>(file.Metadata[key], Json) ?? throw new JsonException(); }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is not a checkpoint: it does not say what its {key} is.");
        }
    }
}
