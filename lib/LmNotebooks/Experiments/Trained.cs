using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>A language model trained by a strategy.</summary>
public sealed record Trained(string Name, IStrategy Strategy) : Arm(Name)
{
    /// <summary>Makes the scale's model one of another kind or size.</summary>
    public Func<ModelConfig, ModelConfig> Size { get; init; } = config => config;

    /// <summary>Whether the vectors of words are sums of vectors of their pieces.</summary>
    public bool Subwords { get; init; }

    /// <summary>Where its training is kept, to go on after it was stopped; null to keep nothing.</summary>
    internal Checkpoint? Checkpoint { get; init; }

    private static readonly JsonSerializerOptions WithoutNulls =
        new(JsonSerializerOptions.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Converters = { new JsonStringEnumConverter() },
        };

    internal override bool HasRate => true;

    /// <summary>The model of a scale that reads all of the data.</summary>
    /// <exception cref="ArgumentException">Pieces of words are wanted where the data have none.</exception>
    public ModelConfig Config(Material material, Scale scale) => Size(material.Config(scale) with
    {
        Pieces = !Subwords ? null : material.GoalData.Pieces
            ?? throw new ArgumentException($"{Name} has Subwords, and the words of {material.GoalData.Name} have no "
                + "known pieces: leave it out."),
    });

    /// <remarks>Of the model, what is not as it is by default.</remarks>
    internal override JsonObject Describe(Scale scale)
    {
        var plain = new ModelConfig { Vocabulary = 1, Context = 1 };
        var size = Size(plain with { Width = scale.Width, Layers = scale.Layers, Heads = scale.Heads });
        var model = Json(new { });
        foreach (var property in typeof(ModelConfig).GetProperties().Where(p => p.CanWrite && !OfData.Contains(p.Name)))
        {
            JsonNode? Said(ModelConfig c) => JsonSerializer.SerializeToNode(property.GetValue(c), WithoutNulls);
            if (!JsonNode.DeepEquals(Said(size), Said(plain)))
                model[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = Said(size);
        }
        return Json(new
        {
            strategy = Strategy.ToString(), model, subwords = Subwords || size.Pieces is not null ? true
                : default(bool?),
            training = scale.Options, schedule = scale.Schedule, scale.TrainTokens,
        });
    }

    /// <summary>What the data decide, and not the arm.</summary>
    private static readonly string[] OfData =
    [
        nameof(ModelConfig.Vocabulary), nameof(ModelConfig.Context), nameof(ModelConfig.Start),
        nameof(ModelConfig.SourceVocabulary), nameof(ModelConfig.SourceContext), nameof(ModelConfig.Pieces),
    ];

    internal override double Flops(Scale scale, Material like)
    {
        using var generator = new Generator(0);
        using var model = Strategy.Build(Config(like, scale), generator);
        var stages = Strategy.Stages(model, Plan(like, scale));
        double OfAim(Stage stage, Aim aim)   // FLOPs a token
        {
            var train = (aim.Data ?? like.GoalData).Train;
            var texts = train.Extents(Enumerable.Range(0, train.Rows).Select(n => (long)n));
            return Ledger.Counter(model, stage.Train, aim.Objective)(texts) / train.Tokens;
        }
        try
        {
            return stages.Sum(s =>
                s.Tokens * s.Aims.Sum(aim => aim.Share * OfAim(s, aim)) / s.Aims.Sum(aim => aim.Share));
        }
        finally { foreach (var part in stages.SelectMany(s => s.Temporary).Distinct()) part.Free(); }
    }

    internal override (IDistribution, RunResult) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var (model, result) = Train(run, material, scale, seed, onEvent);
        return (material.Goal.Objective.Says(model), result);
    }

    /// <summary>Makes the model. Everything random comes from the seed.</summary>
    internal (Model Model, RunResult Result) Train(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        using var generator = new Generator((ulong)seed);
        var model = Strategy.Build(Config(material, scale), generator);
        model.to(Device);
        var stages = Strategy.Stages(model, Plan(material, scale));
        var trainer = new Trainer(run, model, material.Goal, scale.Options, generator) { Checkpoint = Checkpoint };
        return (model, trainer.Train(stages, onEvent));
    }

    private static Plan Plan(Material material, Scale scale) =>
        new(scale.TrainTokens, scale.Schedule, material.Goal, material.Data);

    internal static Device Device => cuda.is_available() ? CUDA : CPU;

    internal static JsonObject Json<T>(T value) => JsonSerializer.SerializeToNode(value, WithoutNulls)!.AsObject();
}
