using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>Tasks that take turns, and how often each has its turn.</summary>
public sealed class MultiTaskTests
{
    private const int Words = 11, Rows = 16;

    /// <summary>A goal with few texts, and another task with four times as many, which are longer.</summary>
    private static readonly Dataset Goal = Task("goal", 64, 3), Other = Task("other", 256, 5);

    private static readonly ModelConfig Config = Small.Config with
    {
        Vocabulary = Words, ReadsWhole = true, Width = 8, Layers = 1,
        Classes = new Dictionary<string, int> { ["goal"] = 2, ["other"] = 2 },
    };

    private static Dataset Task(string name, int rows, int length)
    {
        var random = new Random(rows);
        var corpus = Corpus.OfAnswers([.. Enumerable.Range(0, rows).Select(_ => new Example(
            [.. Enumerable.Range(0, length).Select(_ => random.Next(2, Words))], [random.Next(2)]))], 0);
        return new(name, name, 2, 0, corpus, corpus) { Question = name, SourceVocabulary = Words };
    }

    private static IReadOnlyList<Stage> Stages(MultiTask strategy, Model model, params Dataset[] data) =>
        strategy.Stages(model, new(1_000, new() { Peak = 1e-2 }, Aim.For(Goal), data));

    /// <summary>How often the texts of each task are read in each stage, in the mean.</summary>
    private static Dictionary<(string Stage, string Task), double> Passes(MultiTask strategy, params Dataset[] data)
    {
        using var generator = new Generator(1);
        using var model = strategy.Build(Config, generator);
        var read = new Dictionary<(string, string), double>();
        var stages = Stages(strategy, model, data).Select(stage => stage with
        {
            Aims = [.. stage.Aims.Select(aim => aim with
            {
                Objective = new Counting(aim.Objective, texts => read[(stage.Name, aim.Data!.Name)] =
                    read.GetValueOrDefault((stage.Name, aim.Data!.Name)) + (double)texts / aim.Data!.Train.Rows),
            })],
        }).ToList();
        new Trainer("turns", model, Aim.For(Goal), new() { BatchRows = Rows, Evaluations = 1 }, generator)
            .Train(stages, _ => { });
        return read;
    }

    /// <summary>At T = 1 all examples are seen as often, at infinity all tasks.</summary>
    [Theory, InlineData(1, 4), InlineData(2, 2), InlineData(double.PositiveInfinity, 1), InlineData(0.5, 16)]
    public void A_step_is_for_a_task_in_proportion_to_a_root_of_its_examples(double temperature, double ratio)
    {
        using var generator = new Generator(1);
        using var model = Config.Build(generator);
        var stage = Assert.Single(Stages(new() { Temperature = temperature, Epochs = 2 }, model, Goal, Other));
        Assert.Equal(["goal", "other"], stage.Aims.Select(aim => aim.Data!.Name));
        Assert.Equal(ratio, stage.Aims[1].Share / stage.Aims[0].Share, 1e-12);
        Assert.Equal(2 * 64 * (3 + ratio * 5), stage.Tokens);
    }

    [Theory, InlineData(1, 40), InlineData(2, 20), InlineData(double.PositiveInfinity, 10)]
    public void The_goal_is_seen_so_often_and_the_others_by_their_shares(double temperature, double others)
    {
        var read = Passes(new() { Temperature = temperature, Epochs = 40 }, Goal, Other);
        Assert.Equal(["together"], read.Keys.Select(k => k.Stage).Distinct());
        // which task has its turn is drawn
        Assert.InRange(read[("together", "goal")], 0.85 * 40, 1.15 * 40);
        Assert.InRange(read[("together", "other")], 0.85 * others, 1.15 * others);
    }

    [Fact]
    public void After_that_the_goal_is_learned_alone()
    {
        var read = Passes(new() { Epochs = 5, EpochsAlone = 3 }, Goal, Other);
        Assert.Equal(3, read[("alone", "goal")]);
        Assert.DoesNotContain(("alone", "other"), read.Keys);
        using var generator = new Generator(1);
        using var model = Config.Build(generator);
        var stage = Stages(new() { Epochs = 5, EpochsAlone = 3 }, model, Goal, Other)[1];
        Assert.Equal(["embedding", "body", "head for goal"], stage.Train.Select(part => part.Name));
        Assert.Equal(3 * Goal.Train.Tokens, stage.Tokens);
    }

    [Fact]
    public void A_goal_without_others_is_seen_exactly_so_often() =>
        Assert.Equal(7, Assert.Single(Passes(new() { Epochs = 7 }, Goal)).Value);

    [Fact]
    public void Without_epochs_it_spends_the_budget_of_the_plan()
    {
        using var generator = new Generator(1);
        using var model = Config.Build(generator);
        var stage = Assert.Single(Stages(new(), model, Goal, Other));
        Assert.Equal(1_000, stage.Tokens);
        Assert.Equal(["embedding", "body", "head for goal", "head for other"], stage.Train.Select(part => part.Name));
    }

    /// <summary>Tells how many texts it is trained on.</summary>
    private sealed record Counting(IObjective Inner, Action<long> OnTexts) : IObjective
    {
        public string Name => Inner.Name;
        public bool Answers => Inner.Answers;
        public IReadOnlyList<Part> Uses(Model model) => Inner.Uses(model);
        public IEnumerable<Application> Applications(Model model, Extent text) => Inner.Applications(model, text);

        public Loss Of(Model model, Batch batch, Generator generator)
        {
            if (is_grad_enabled()) OnTexts(batch.Sources!.size(0));
            return Inner.Of(model, batch, generator);
        }
    }
}
