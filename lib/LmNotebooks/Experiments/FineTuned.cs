using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Experiments;

/// <summary>A model that learns from text once, and from then on once for each of several small sets of answers: the
/// stages of its strategy before the first that learns from answers, and a copy of what comes out for each set. The
/// answers of the scale are cut into the sets, which have none in common. What comes out is judged by its mean over
/// them, <see cref="Readers"/>: which few answers one happens to have matters much, and is no replication.</summary>
/// <remarks>What few answers teach is known by heart soon, and the reader far too sure. So all readers of a run have
/// one temperature, fitted to what each says of the next set. It changes no answer, and makes the loss, by which rates
/// are tuned, speak of what is right.</remarks>
public sealed record FineTuned(string Name, IStrategy Strategy) : Arm(Name)
{
    /// <summary>Number of sets, two or more; each has so many answers that they have all those of the scale.</summary>
    public int Sets { get; init; } = 16;

    /// <summary>Makes the scale's model one of another kind or size.</summary>
    public Func<ModelConfig, ModelConfig> Size { get; init; } = config => config;

    /// <summary>What is done to the texts that are learned from, and not asked about.</summary>
    public Wording Wording { get; init; }

    internal override bool HasRate => true;

    private Trained Whole => new(Name, Strategy) { Size = Size };

    internal override JsonObject Describe(Scale scale)
    {
        var description = Whole.Describe(scale);
        (description["labels"], description["sets"]) = (scale.Labels, Sets);
        if (Wording != Wording.AsItIs) description["wording"] = Wording.ToString();
        return description;
    }

    /// <summary>With the fine-tunings on all sets, as they are made.</summary>
    internal override double Flops(Scale scale, Material like)
    {
        using var generator = new Generator(0);
        using var model = Strategy.Build(Whole.Config(like, scale), generator);
        // the texts that are there stand for those of a set, of which there are as many as the scale has answers
        var share = (double)scale.Labels / Sets / like.GoalData.Train.Rows;
        var (before, after) = Stages(model, like, scale);
        double OfAim(Stage stage, Aim aim)   // FLOPs a token
        {
            var train = aim.Data!.Train;
            var texts = train.Extents(Enumerable.Range(0, train.Rows).Select(n => (long)n));
            return Ledger.Counter(model, stage.Train, aim.Objective)(texts) / train.Tokens;
        }
        double Of(Stage stage) => stage.Tokens * stage.Aims.Sum(aim => aim.Share * OfAim(stage, aim))
            / stage.Aims.Sum(aim => aim.Share);
        try { return before.Sum(Of) + Sets * share * after.Sum(Of); }
        finally { Free([.. before, .. after]); }
    }

    /// <summary>The result counts what comes before the answers once, and one fine-tuning, the mean over the sets: that
    /// is what a reader pays who has one set. Its events are those of pre-training, whose test loss is that of its own
    /// objective, and one with the mean of the fine-tunings.</summary>
    internal override (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        if (Wording != Wording.AsItIs) material = Reworded(material, seed);
        var sets = AnswerSets.Of(material.GoalData, Sets).Select(set => WithGoal(material, set)).ToList();
        using var generator = new Generator((ulong)seed);
        var model = Strategy.Build(Whole.Config(material, scale), generator);
        model.to(Trained.Device);
        var before = Pretrain(run, model, sets[0], scale, generator, onEvent);
        var tuned = sets.Select((set, i) => FineTune($"{run}, set {i + 1}", model, set, scale,
            Seeds.Mix(seed, i))).ToList();

        var readers = new Readers([.. tuned.Select(t =>
            (IConditionalDistribution)material.Goal.Objective.Says(t.Model))]) { Before = model };
        var temperature = Temperature.Of([.. readers.All.SelectMany((reader, i) =>
            Said(reader, sets[(i + 1) % sets.Count].GoalData.Train.Examples))]);
        using (no_grad())
            foreach (var weights in tuned.SelectMany(t => t.Model.HeadOf(material.GoalData.Question!)
                .Module.parameters()))
                Scalars.With(temperature, t => weights.div_(t));
        double Mean(Func<RunResult, double> of) => tuned.Average(t => of(t.Result));
        var result = before with
        {
            OptimizerBytes = Math.Max(before.OptimizerBytes, tuned.Max(t => t.Result.OptimizerBytes)),
            Tokens = before.Tokens + (long)Mean(r => r.Tokens), Labels = sets[0].GoalData.Train.Rows,
            Flops = before.Flops + Mean(r => r.Flops),
            CriticalPathFlops = before.CriticalPathFlops + Mean(r => r.CriticalPathFlops),
            Seconds = before.Seconds + Mean(r => r.Seconds), TestLoss = material.GoalData.Loss(readers),
        };
        onEvent(new RunEvent("fine-tuning", tuned[0].Last.Step, result.Tokens, result.Flops, result.Seconds,
            tuned.Average(t => t.Last.TestLoss), result.TestLoss));
        return (readers, result);
    }

    /// <summary>Of each text ln P of all answers, and the right one.</summary>
    private static IEnumerable<(double[] Logs, int Right)> Said(IConditionalDistribution reader,
        IReadOnlyList<Example> examples)
    {
        double[][] logs = [.. Enumerable.Range(0, reader.Vocabulary).Select(answer => (double[])
            [.. reader.LogProbabilities([.. examples.Select(e => e with { Target = [answer] })]).Select(l => l[0])])];
        return examples.Select((e, n) => ((double[])[.. logs.Select(of => of[n])], e.Target[0]));
    }

    private static Material WithGoal(Material material, Dataset goal) => new(material.Goal with { Data = goal },
        [.. material.Data.Select(d => d == material.GoalData ? goal : d)]);

    private Material Reworded(Material material, int seed) => material with
    {
        Data = [.. material.Data.Select(d => d.SourceVocabulary is null ? Rewording.Of(d, Wording, seed) : d)],
    };

    /// <summary>The stages that all sets of answers have in common, and those from the first on that learns from a set,
    /// or from its texts alone.</summary>
    private (IReadOnlyList<Stage> Before, IReadOnlyList<Stage> After) Stages(Model model, Material material,
        Scale scale)
    {
        var stages = Strategy.Stages(model, new(scale.TrainTokens, scale.Schedule, material.Goal,
            material.Data));
        var before = stages.TakeWhile(s => s.Aims.All(aim =>
            !aim.Objective.Answers && material.Data.Contains(aim.Data))).ToList();
        return (before, [.. stages.Skip(before.Count)]);
    }

    private RunResult Pretrain(string run, Model model, Material material, Scale scale, Generator generator,
        Action<RunEvent> onEvent)
    {
        var (before, after) = Stages(model, material, scale);
        try
        {
            return before.Count == 0 ? new RunResult(Ledger.Parameters(model), 0, 0, 0, 0, 0, 0, double.NaN)
                : new Trainer(run, model, before[0].Aims[0], scale.Options, generator).Train(before, onEvent);
        }
        finally { Free(after); }
    }

    /// <summary>A copy of the model, trained on one set.</summary>
    private (Model Model, RunResult Result, RunEvent Last) FineTune(string run, Model from, Material material,
        Scale scale, int seed)
    {
        using var generator = new Generator((ulong)(uint)seed);
        var model = Strategy.Build(from.Config, generator);
        model.to(Trained.Device);
        using (no_grad())
            foreach (var (mine, its) in model.parameters().Zip(from.parameters())) mine.copy_(its);
        var (before, after) = Stages(model, material, scale);
        Free(before);
        RunEvent? last = null;
        var result = new Trainer(run, model, material.Goal, scale.Options with { Evaluations = 1 }, generator)
            .Train(after, e => last = e);
        return (model, result, last!);
    }

    private static void Free(IReadOnlyList<Stage> stages)
    {
        foreach (var part in stages.SelectMany(s => s.Temporary).Distinct()) part.Free();
    }
}
