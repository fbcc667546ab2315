using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>One of the things that an experiment compares: something that makes a model of a data set.</summary>
public abstract record Arm(string Name)
{
    /// <summary>Shown, with fewer seeds, at the scale's own learning rate, and without a verdict.</summary>
    public bool Gallery { get; init; }

    /// <summary>What this arm changes of the scale: its tokens, say, or its schedule.</summary>
    public Func<Scale, Scale> At { get; init; } = scale => scale;

    /// <summary>How often the texts are read: so many times fewer are drawn.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>Whether there is a learning rate to tune.</summary>
    internal abstract bool HasRate { get; }

    /// <summary>All that decides how this arm makes its model at a scale; two arms with the same description make the
    /// same one.</summary>
    internal abstract JsonObject Describe(Scale scale);

    /// <summary>Training FLOPs of one run, predicted from some texts like those that it reads.</summary>
    internal abstract double Flops(Scale scale, Material like);

    /// <summary>Makes the model. Everything random comes from the seed.</summary>
    internal abstract (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent);
}

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

/// <summary>An n-gram model, counted from the training documents.</summary>
/// <param name="Order">n: 1 for a unigram model.</param>
public sealed record Counted(string Name, int Order) : Arm(Name)
{
    public Smoothing Smoothing { get; init; }

    internal override bool HasRate => false;

    /// <remarks>The smoothing is named where it is not Witten and Bell's.</remarks>
    internal override JsonObject Describe(Scale scale)
    {
        var description = Trained.Json(new { order = Order, scale.TrainTokens });
        if (Smoothing != Smoothing.WittenBell) description["smoothing"] = Smoothing.ToString();
        return description;
    }

    internal override double Flops(Scale scale, Material like) => 0;

    /// <summary>The result has the number of counts as its parameters, and no FLOPs: counting multiplies
    /// nothing.</summary>
    internal override (IDistribution, RunResult) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var data = material.GoalData;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var model = NgramModel.Fit(Order, data.Vocabulary, data.Train.Documents, data.Start, Smoothing);
        var seconds = clock.Elapsed.TotalSeconds;
        var loss = -model.LogProbabilities(data.Test.Documents).Sum(d => d.Sum()) / data.Test.Tokens;
        onEvent(new RunEvent("counting", 1, data.Train.Tokens, 0, seconds, double.NaN, loss));
        return (model, new RunResult(model.Parameters, 0, data.Train.Tokens, 0, 0, 0, seconds, loss));
    }
}
