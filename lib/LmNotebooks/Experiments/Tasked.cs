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

/// <summary>A model that learns some of the tasks of its world, by a strategy to which the first of them is the goal. A
/// text that is asked about is read whole.</summary>
/// <param name="Tasks">Names of the tasks.</param>
public sealed record Tasked(string Name, IStrategy Strategy, params IReadOnlyList<string> Tasks) : Arm(Name)
{
    /// <summary>Into how many sets the examples of the goal are cut. Each is learned from by a model of its own, beside
    /// all examples of the other tasks, and what comes out is their mean: which few examples one happens to have
    /// matters much, and is no replication. Several models have one temperature, fitted to what each says of the next
    /// set: what few answers teach is known by heart soon, and the reader far too sure.</summary>
    public int Sets { get; init; } = 1;

    /// <summary>Makes the scale's model one of another kind or size.</summary>
    public Func<ModelConfig, ModelConfig> Size { get; init; } = config => config;

    /// <summary>Whether each text begins with a word that names the task, which nothing else tells where tasks share a
    /// head (Raffel et al. 2020).</summary>
    public bool Prefixed { get; init; }

    internal override bool HasRate => true;

    /// <param name="longest">Tokens of the longest text that there is, if it is in none of what one model learns
    /// from.</param>
    private Trained Whole(int longest = 0) => new(Name, Strategy)
    {
        Size = config => Size(config with { ReadsWhole = true, Context = Math.Max(config.Context, longest + 1) }),
    };

    internal override JsonObject Describe(Scale scale)
    {
        var description = Whole().Describe(scale);
        (description["tasks"], description["labels"]) = (string.Join(", ", Tasks), scale.Labels);
        if (Sets > 1) description["sets"] = Sets;
        if (Prefixed) description["prefixed"] = true;
        return description;
    }

    /// <summary>With the models of all sets.</summary>
    internal override double Flops(Scale scale, Material like)
    {
        var factor = (double)scale.Labels / like.GoalData.Train.Rows;   // it has another number of examples
        return factor * OnSets(like).Sum(set => Whole().Flops(scale, set));
    }

    /// <summary>The result counts one of the models, as their mean, and the examples of the goal: that is what a reader
    /// pays who has one set.</summary>
    internal override (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var sets = OnSets(material);
        var whole = Whole(longest: sets.Max(set => set.GoalData.Train.Length));
        var made = sets.Select((set, i) => whole.Train(sets.Count == 1 ? run : $"{run}, set {i + 1}", set, scale,
            sets.Count == 1 ? seed : Seeds.Mix(seed, i), i == 0 ? onEvent : _ => { })).ToList();
        if (sets.Count > 1) Calibrate([.. made.Select(m => m.Model)], sets);
        var learned = new Learned(material.GoalData,
            [.. made.Zip(sets, (m, set) => (m.Model, TasksOf(m.Model, set, material)))]);
        double Mean(Func<RunResult, double> of) => made.Average(m => of(m.Result));
        return (learned, made[0].Result with
        {
            Labels = sets[0].GoalData.Train.Rows,
            Tokens = (long)Mean(r => r.Tokens), Flops = Mean(r => r.Flops), Seconds = Mean(r => r.Seconds),
            CriticalPathFlops = Mean(r => r.CriticalPathFlops), TestLoss = Mean(r => r.TestLoss),
        });
    }

    /// <summary>What each of the models learns from.</summary>
    private IReadOnlyList<Material> OnSets(Material material)
    {
        List<Dataset> data = [.. Tasks.Select(task => material.Data.FirstOrDefault(d => d.Name == task)
            ?? throw new ArgumentException($"{Name} learns '{task}', and there are "
                + $"{string.Join(", ", material.Data.Select(d => d.Name))}: name one of these."))];
        if (Prefixed) data = [.. data.Select((d, i) => TaskPrefix.Before(d, i, data.Count))];
        var goals = Sets == 1 ? [data[0]]
            : AnswerSets.Of(data[0], Sets).Select(set => set with { Test = data[0].Test });
        return [.. goals.Select(goal => new Material(TaskAims.For(goal), [goal, .. data.Skip(1)]))];
    }

    /// <summary>What a model does, with the data as the world has them.</summary>
    private IReadOnlyList<LearnedTask> TasksOf(Model model, Material set, Material world) =>
        [.. set.Data.Select((data, i) =>
        {
            var reader = (IConditionalDistribution)TaskAims.For(data).Objective.Says(model);
            return Prefixed
                ? new LearnedTask(world.Data.First(d => d.Name == data.Name),
                    new TaskPrefix(reader, data.SourceVocabulary!.Value - set.Data.Count + i))
                : new LearnedTask(data, reader);
        })];

    /// <summary>Divides the logits of the goal's heads by the temperature that fits all of them.</summary>
    private static void Calibrate(IReadOnlyList<Model> models, IReadOnlyList<Material> sets)
    {
        var temperature = Temperature.Of([.. models.SelectMany((model, i) =>
            Said((IConditionalDistribution)sets[i].Goal.Objective.Says(model),
                sets[(i + 1) % sets.Count].GoalData.Train.Examples))]);
        using var off = no_grad();
        foreach (var weights in models.SelectMany(m => m.HeadOf(sets[0].GoalData.Question!).Module.parameters()))
            Scalars.With(temperature, t => weights.div_(t));
    }

    /// <summary>Of each text ln P of all answers, and the right one.</summary>
    private static IEnumerable<(double[] Logs, int Right)> Said(IConditionalDistribution reader,
        IReadOnlyList<Example> examples)
    {
        double[][] logs = [.. Enumerable.Range(0, reader.Vocabulary).Select(answer => (double[])
            [.. reader.LogProbabilities([.. examples.Select(e => e with { Target = [answer] })]).Select(l => l[0])])];
        return examples.Select((e, n) => ((double[])[.. logs.Select(of => of[n])], e.Target[0]));
    }
}
