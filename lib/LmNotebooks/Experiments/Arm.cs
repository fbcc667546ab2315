using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LmNotebooks.Languages;
using LmNotebooks.Models;
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
    internal abstract double Flops(Scale scale, Dataset like);

    /// <summary>Makes the model. Everything random comes from the seed.</summary>
    internal abstract (IDistribution Model, RunResult Result) Make(string run, Dataset data, Scale scale, int seed,
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
        new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal override bool HasRate => true;

    /// <summary>The model of a scale for a data set.</summary>
    /// <exception cref="ArgumentException">Pieces of words are wanted where the data have none.</exception>
    public ModelConfig Config(Dataset data, Scale scale) =>
        Size(Plain(scale, data.Vocabulary, Math.Max(data.Train.Length, data.Test.Length)) with
    {
        Start = data.Start, SourceVocabulary = data.SourceVocabulary, SourceContext = data.SourceLength,
        Pieces = !Subwords ? null : data.Pieces
            ?? throw new ArgumentException($"{Name} has Subwords, and the words of {data.Name} have no known pieces: "
            + "leave it out."),
    });

    /// <remarks>Vocabulary and context belong to the data. What is shared is named where something is.</remarks>
    internal override JsonObject Describe(Scale scale)
    {
        var c = Size(Plain(scale, vocabulary: 1, context: 1));
        return Json(new
        {
            strategy = Strategy.ToString(),
            model = new
            {
                architecture = c.Architecture.ToString(), c.Width, c.Layers, c.Heads, c.TieHead,
                c.AttentionOf, c.FeedForwardOf, c.VectorWidth, multiQuery = c.MultiQuery ? true : default(bool?),
                sourceArchitecture = c.SourceArchitecture == Architecture.Transformer ? null
                    : c.SourceArchitecture.ToString(), shareEncoder = c.ShareEncoder ? true : default(bool?),
                subwords = Subwords || c.Pieces is not null ? true : default(bool?),
            },
            training = scale.Options, schedule = scale.Schedule, scale.TrainTokens,
        });
    }

    internal override double Flops(Scale scale, Dataset like)
    {
        using var generator = new Generator(0);
        using var model = Strategy.Build(Config(like, scale), generator);
        List<Extent> texts = [.. like.Train.Extents(Enumerable.Range(0, like.Train.Rows).Select(n => (long)n))];
        var stages = Strategy.Stages(model, scale.TrainTokens, scale.Schedule);
        try
        {
            return stages.Sum(s =>
                (double)s.Tokens / like.Train.Tokens * Ledger.Counter(model, s.Train, s.Objective)(texts));
        }
        finally { foreach (var part in stages.SelectMany(s => s.Objective.Temporary).Distinct()) part.Free(); }
    }

    internal override (IDistribution, RunResult) Make(string run, Dataset data, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        using var generator = new Generator((ulong)seed);
        var model = Strategy.Build(Config(data, scale), generator);
        model.to(Device);
        var stages = Strategy.Stages(model, scale.TrainTokens, scale.Schedule);
        return (model, new Trainer(run, model, data, scale.Options,
            generator) { Checkpoint = Checkpoint }.Train(stages, onEvent));
    }

    internal static Device Device => cuda.is_available() ? CUDA : CPU;

    internal static JsonObject Json<T>(T value) => JsonSerializer.SerializeToNode(value, WithoutNulls)!.AsObject();

    private static ModelConfig Plain(Scale scale, int vocabulary, int context) =>
        new() { Vocabulary = vocabulary, Context = context, Width = scale.Width, Layers = scale.Layers,
            Heads = scale.Heads };
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

    internal override double Flops(Scale scale, Dataset like) => 0;

    /// <summary>The result has the number of counts as its parameters, and no FLOPs: counting multiplies
    /// nothing.</summary>
    internal override (IDistribution, RunResult) Make(string run, Dataset data, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var model = NgramModel.Fit(Order, data.Vocabulary, data.Train.Documents, data.Start, Smoothing);
        var seconds = clock.Elapsed.TotalSeconds;
        var loss = -model.LogProbabilities(data.Test.Documents).Sum(d => d.Sum()) / data.Test.Tokens;
        onEvent(new RunEvent("counting", 1, data.Train.Tokens, 0, seconds, double.NaN, loss));
        return (model, new RunResult(model.Parameters, 0, data.Train.Tokens, 0, 0, 0, seconds, loss));
    }
}
