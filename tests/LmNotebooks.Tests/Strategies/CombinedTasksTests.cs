using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>Tasks that are learned in the same steps.</summary>
public sealed class CombinedTasksTests
{
    private const int Words = 11, Longest = 6;

    /// <summary>Texts whose answers are what a rule says.</summary>
    private static Dataset Task(string name, int answers, Func<int[], int[]> rule)
    {
        var random = new Random(5);
        var corpus = Corpus.OfAnswers([.. Enumerable.Range(0, 200).Select(_ => (int[])[.. Enumerable
            .Range(0, random.Next(1, Longest + 1)).Select(_ => random.Next(2, Words))])
            .Select(text => new Example(text, rule(text)))], 0);
        return new(name, name, answers, 0, corpus, corpus) { Question = name, SourceVocabulary = Words };
    }

    private static readonly Dataset Start = Task("start", 2, text => [text[0] % 2]),
        End = Task("end", 3, text => [text[^1] % 3]), Tags = Task("tags", 2, text => [.. text.Select(id => id / 6)]);

    private static readonly Plan Plan = new(4 * Start.Train.Tokens, new() { Peak = 1e-2 }, Aim.For(Start),
        [Start, End, Tags]);

    private static readonly ModelConfig Config = Small.Config with
    {
        Vocabulary = Words, ReadsWhole = true, Width = 32, Layers = 1,
        Classes = new Dictionary<string, int> { ["start"] = 2, ["end"] = 3, ["tags"] = 2 },
    };

    public static TheoryData<Combination> Ways => new(Enum.GetValues<Combination>());

    [Theory, MemberData(nameof(Ways))]
    public void All_tasks_are_learned_in_the_steps_of_one(Combination way)
    {
        using var generator = new Generator(1);
        var strategy = new CombinedTasks { Combination = way, Epochs = 60 };
        using var model = strategy.Build(Config, generator);
        var result = new Trainer("tasks", model, Plan.Goal, new() { BatchRows = 20, Evaluations = 1 }, generator)
            .Train(strategy.Stages(model, Plan), _ => { });
        Assert.Equal(60 * Start.Train.Tokens, result.Tokens);
        foreach (var task in Plan.Data)
        {
            var logs = task.LogProbabilities(TaskAims.For(task).Objective.Says(model)).SelectMany(l => l).ToList();
            Assert.True(logs.Count(l => l > Math.Log(0.5)) >= 0.95 * logs.Count,
                $"{task.Name}: {logs.Count(l => l > Math.Log(0.5))} of {logs.Count}");
        }
    }

    [Fact]
    public void A_stage_trains_what_any_task_uses_on_the_goals_data()
    {
        using var generator = new Generator(1);
        using var model = Config.Build(generator);
        Stage Of(CombinedTasks strategy) => Assert.Single(strategy.Stages(model, Plan));
        string[] parts = ["embedding", "body", "head for start", "head for end", "head for tags"];
        foreach (var way in Enum.GetValues<Combination>())
        {
            var stage = Of(new() { Combination = way });
            Assert.Equal([.. parts, .. way == Combination.UncertaintyWeighting ? new[] { "uncertainty" } : []],
                stage.Train.Select(p => p.Name));
            Assert.Same(Start, Assert.Single(stage.Aims).Data);
            Assert.Equal((Plan.Tokens, null), (stage.Tokens, stage.BatchRows));
        }
        Assert.Equal((3 * Start.Train.Tokens, 7), (Of(new() { Epochs = 3, BatchRows = 7 }) is var s
            ? (s.Tokens, s.BatchRows!.Value) : default));
        Assert.Equal([0.5, 1, 1.5], ((WeightedSum)Of(new() { Weights = [1, 2, 3] }).Aims[0].Objective).Weights);
        Assert.Throws<ArgumentException>(() => Of(new() { Weights = [1, 2] }));
    }

    [Fact]
    public void It_says_its_weights_one_by_one_and_is_equal_to_one_with_the_same()
    {
        var strategy = new CombinedTasks { Weights = [1, 0.5], Epochs = 3 };
        Assert.Equal("CombinedTasks { Name = CombinedTasks, Combination = WeightedSum, Weights = 1 : 0.5, Epochs = 3, "
            + "BatchRows =  }", $"{strategy}");
        Assert.Equal(strategy, new CombinedTasks { Weights = [1, 0.5], Epochs = 3 });
        Assert.NotEqual(strategy, new CombinedTasks { Weights = [1, 2], Epochs = 3 });
        Assert.Equal(strategy.GetHashCode(), (strategy with { Weights = [1, 0.5] }).GetHashCode());
    }
}
