using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

[Collection(nameof(Alone))]
public sealed class FrozenInterfaceTests : IDisposable
{
    private static readonly Schedule Schedule = new() { Peak = 1e-2 };

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static Model Build(FrozenInterface strategy, ulong seed = 1, ModelConfig? config = null) =>
        strategy.Build(config ?? Small.Config, new Generator(seed));

    [Fact]
    public void The_interface_trains_with_a_body_that_stands_in_and_then_the_models_own_body_alone()
    {
        var strategy = new FrozenInterface { InterfaceShare = 0.3 };
        using var model = Build(strategy);
        var stages = strategy.Stages(model, Small.Plan(1000, Schedule));
        Assert.Equal([("interface", 300, "embedding, head, first body", "causal LM through first body"),
            ("body", 700, "body", "causal LM")],
            stages.Select(s => (s.Name, s.Tokens, string.Join(", ", s.Train.Select(p => p.Name)), s.Aims[0]
                .Objective.Name)));
        Assert.Equal(2 + 2, stages[0].Train[^1].Parts.Count);    // positions, as many layers as the model has, a norm
        Assert.Empty(stages.SelectMany(s => s.Reset));
    }

    [Fact]
    public void All_that_is_around_the_decoder_of_a_translator_is_its_interface()
    {
        using var model = Build(new(), config: Small.Translator);
        Assert.Equal(["source", "encoder", "embedding", "head", "first body"],
            new FrozenInterface().Stages(model, Small.Plan(1000, Schedule))[0].Train.Select(p => p.Name));
    }

    [Fact]
    public void The_body_learns_only_when_the_interface_no_longer_does()
    {
        var strategy = new FrozenInterface();
        using var model = Build(strategy);
        Part[] parts = [model.Embedding, model.Head, model.Body];
        var seen = new List<(string Stage, string[] Hashes)>();
        var stages = strategy.Stages(model, Small.Plan(1200, Schedule));
        new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = 4 }, new Generator(1))
            .Train(stages, e => seen.Add((e.Stage, Weights.Hashes(parts))));
        Assert.Equal(["interface", "interface", "interface", "body", "body"], seen.Select(s => s.Stage));
        Assert.Equal(["True True False", "True True False", "False False True", "False False True"],
            seen.Zip(seen.Skip(1), (before, after) =>
                string.Join(' ', before.Hashes.Zip(after.Hashes, (a, b) => a != b))));
    }

    [Fact]
    public void The_rate_of_the_second_body_warms_up_and_is_then_constant_and_that_of_the_interface_falls()
    {
        using var model = Build(new());
        var stages = new FrozenInterface().Stages(model, Small.Plan(1000, Schedule));
        Assert.Equal(Schedule, stages[0].Schedule);
        Assert.True(stages[1].Schedule.At(0) < 0.1 * Schedule.Peak);
        Assert.All(Enumerable.Range(0, 101).Select(i => 0.05 + 0.95 * i / 100), done =>
            Assert.Equal(Schedule.Peak, stages[1].Schedule.At(done), 1e-12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_body_can_have_another_depth_than_the_second(int layers)
    {
        var strategy = new FrozenInterface { FirstLayers = layers };
        using var model = Build(strategy);
        var stages = strategy.Stages(model, Small.Plan(4000, Schedule));
        var first = stages[0].Train[^1];
        Assert.Equal((layers + 2, 2 + 2), (first.Parts.Count, model.Body.Parts.Count));
        Assert.Equal((Small.Config with { Layers = layers }).Parameters - Small.Config.Parameters,
            first.Module.parameters().Sum(p => p.numel()) - model.Body.Module.parameters().Sum(p => p.numel()));
        var events = new List<double>();
        new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = 2 }, new Generator(1))
            .Train(stages, e => events.Add(e.ObjectiveLoss ?? e.TestLoss));
        Assert.True(events[1] < events[0] - 0.2 && events[2] < events[0] - 0.2, string.Join(' ', events));
    }

    [Fact]
    public void A_first_body_without_layers_is_refused_in_one_sentence()
    {
        using var model = Build(new());
        Assert.Equal("Layers is 0: it must be at least 1.",
            Assert.Throws<ArgumentException>(() =>
                new FrozenInterface { FirstLayers = 0 }.Stages(model, Small.Plan(1000, Schedule))).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_random_interface_is_the_same_in_every_run_and_the_body_is_not(bool tie)
    {
        static string[] Of(FrozenInterface strategy, ulong seed, bool tie)
        {
            using var model = Build(strategy, seed, Small.Config with { TieHead = tie });
            return Weights.Hashes([model.Embedding, model.Head, model.Body]);
        }
        FrozenInterface random = new() { InterfaceShare = 0 };
        string[] a = Of(random, 1, tie), b = Of(random, 2, tie), other = Of(random with { Seed = 5 }, 1, tie);
        string[] trained = Of(new(), 1, tie), again = Of(new(), 2, tie);
        Assert.Equal([true, true, false], a.Zip(b, (x, y) => x == y));
        Assert.Equal([false, tie, true], a.Zip(other, (x, y) => x == y));    // a tied head is a bias, and begins at 0
        Assert.Equal([false, tie, false], trained.Zip(again, (x, y) => x == y));
    }

    [Fact]
    public void A_random_interface_has_one_stage_and_no_body_that_stands_in()
    {
        FrozenInterface random = new() { InterfaceShare = 0 };
        using var model = Build(random);
        var stage = Assert.Single(random.Stages(model, Small.Plan(1000, Schedule)));
        Assert.Equal(("body", 1000, 1, 0), (stage.Name, stage.Tokens, stage.Schedule.Final,
            stage.Temporary.Count()));
        Assert.Equal([model.Body], stage.Train);
    }

    [Fact]
    public async Task Strategies_that_differ_in_anything_describe_themselves_differently()
    {
        IStrategy[] all =
        [
            new FrozenInterface(), new FrozenInterface { InterfaceShare = 0 },
                new FrozenInterface { InterfaceShare = 0, Seed = 1 },
            new FrozenInterface { FirstLayers = 1 }, new FrozenInterface { FirstLayers = 2 },
            new GreedyLayerwise(), new RetrainPart(), new RetrainPart { Part = "body layer 1" },
        ];
        var said = new List<string>();
        foreach (var strategy in all)
        {
            var run = await Run.Train(strategy, Small.Data, Small.Scale with { TrainTokens = 100 }, 1, folder.Path,
                "described");
            said.Add(run.Record.Header.Config["arm"]!["strategy"]!.ToString());
        }
        Assert.Equal(all.Select(s => s.ToString()), said);
        Assert.Equal(all.Length, said.Distinct().Count());
    }
}
