using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>What every strategy must keep with every architecture. A new one is tested by being in the library: all are found there.</summary>
[Collection(nameof(Alone))]
public sealed class StrategyContract : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static IEnumerable<(IStrategy, Architecture)> Pairs =>
        from type in typeof(IStrategy).Assembly.GetTypes()
        where type.IsAssignableTo(typeof(IStrategy)) && !type.IsAbstract && type.GetConstructor([]) is not null
        from architecture in Enum.GetValues<Architecture>()
        select ((IStrategy)Activator.CreateInstance(type)!, architecture);

    /// <summary>Layers train apart where they are parts of the body.</summary>
    private static bool Goes((IStrategy Strategy, Architecture Architecture) pair) => pair is not (GreedyLayerwise, not Architecture.Transformer);

    public static TheoryData<IStrategy, Architecture> All => new(Pairs.Where(Goes));
    public static TheoryData<IStrategy, Architecture> Refused => new(Pairs.Where(pair => !Goes(pair)));

    [Theory, MemberData(nameof(Refused))]
    public void An_architecture_whose_layers_are_no_parts_is_refused_in_one_sentence(IStrategy strategy, Architecture architecture) =>
        Assert.Equal($"GreedyLayerwise trains layer by layer, and the body of a model of kind {architecture} is one part: use a Transformer.",
            Assert.Throws<ArgumentException>(() => strategy.Build(Config(architecture), new Generator(1))).Message);

    private static ModelConfig Config(Architecture architecture) => Small.Config with { Architecture = architecture };

    private async Task<Run> Train(IStrategy strategy, Architecture architecture, int seed = 1, string name = "run") =>
        await Run.Train(strategy, Small.Data, Small.Scale with { TrainTokens = 8_000 }, Config(architecture), seed, folder.File(name), "contract");

    [Theory, MemberData(nameof(All))]
    public async Task The_loss_falls(IStrategy strategy, Architecture architecture)
    {
        var record = (await Train(strategy, architecture)).Record;
        Assert.True(record.Finished);
        Assert.True(record.Events[^1].TestLoss < record.Events[0].TestLoss - 0.2, $"from {record.Events[0].TestLoss} to {record.Events[^1].TestLoss}");
    }

    [Theory, MemberData(nameof(All))]
    public void A_stage_changes_the_parts_it_names_and_no_other(IStrategy strategy, Architecture architecture)
    {
        using var generator = new Generator(1);
        var model = (LanguageModel)strategy.Build(Config(architecture), generator);
        var stages = strategy.Stages(model, 600, Small.Scale.Schedule);
        Part[] parts = [.. model.Parts.Concat(stages.SelectMany(s => s.Objective.Temporary).Distinct()).SelectMany(p => p.All).Where(p => p.Parts.Count == 0)];
        var seen = new List<(string Stage, Tensor[][] Weights)>();
        new Trainer("test", model, Small.Data, Small.Scale.Options, generator).Train(stages, e =>
            seen.Add((e.Stage, [.. parts.Select(p => p.Module.parameters().Select(q => q.detach().clone()).ToArray())])));
        (string, Tensor[][] Weights)[] ends = [seen[0], .. stages.Select(s => seen.Last(e => e.Stage == s.Name))];
        foreach (var (i, stage) in stages.Index())
            foreach (var (j, part) in parts.Index())
            {
                var changed = ends[i].Weights[j].Zip(ends[i + 1].Weights[j]).Any(pair => !pair.First.equal(pair.Second).all().item<bool>());
                Assert.Equal(stage.Train.SelectMany(p => p.All).Contains(part), changed);
            }
    }

    [Theory, MemberData(nameof(All))]
    public void Training_and_writing_leave_no_tensor_behind(IStrategy strategy, Architecture architecture)
    {
        using var generator = new Generator(1);
        var model = (LanguageModel)strategy.Build(Config(architecture), generator);
        void Once() => new Trainer("test", model, Small.Data, Small.Scale.Options, generator).Train(strategy.Stages(model, 400, Small.Scale.Schedule), _ => { });
        Once();
        Leaks.NoneAfter(Once);
        Leaks.NoneAfter(() =>
        {
            model.Generate([2], 15, seed: 1);    // beyond the context
            model.BeamSearch([2], 15, beams: 3);
        });
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_same_seed_gives_the_same_losses_even_beside_other_runs(IStrategy strategy, Architecture architecture)
    {
        var alone = await Train(strategy, architecture);
        var together = await Task.WhenAll(Train(strategy, architecture, 1, "a"), Train(strategy, architecture, 2, "b"), Train(strategy, architecture, 1, "c"));
        Assert.Equal(alone.Record.Events.Select(e => e.TestLoss), together[0].Record.Events.Select(e => e.TestLoss));
        Assert.Equal(alone.Record.Events.Select(e => e.TrainLoss), together[2].Record.Events.Select(e => e.TrainLoss));
        Assert.NotEqual(alone.Record.Events[^1].TestLoss, together[1].Record.Events[^1].TestLoss);
    }

    [Theory, MemberData(nameof(All))]
    public void Every_stage_runs_forward_and_backward_on_the_device_it_is_given(IStrategy strategy, Architecture architecture)
    {
        using var generator = new Generator(1);
        var model = (LanguageModel)strategy.Build(Config(architecture), generator);
        model.to(DeviceType.META);
        foreach (var stage in strategy.Stages(model, 100, Small.Scale.Schedule))
        {
            var loss = stage.Objective.Loss(model, Small.Data.Train.Take([0, 1, 2], META), generator);
            loss.backward();
            Assert.Equal(DeviceType.META, loss.device_type);
            Assert.All(stage.Train, part => Assert.Contains(part.Module.parameters(), p => p.grad is not null));   // skip-gram needs no position vectors
            Assert.All(stage.Train.SelectMany(p => p.Module.parameters()), p => Assert.True(p.grad is null || p.grad.shape.SequenceEqual(p.shape)));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void The_stages_spend_the_budget_and_name_parts_of_the_model(IStrategy strategy, Architecture architecture)
    {
        using var generator = new Generator(1);
        var model = (LanguageModel)strategy.Build(Config(architecture), generator);
        var stages = strategy.Stages(model, 10_000, Small.Scale.Schedule);
        Assert.Equal(10_000, stages.Sum(s => s.Tokens));
        Assert.All(stages, s => Assert.Subset(model.Parts.SelectMany(p => p.All).Concat(s.Objective.Temporary).ToHashSet(), s.Train.ToHashSet()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_model_that_cannot_be_is_refused_in_one_sentence(IStrategy strategy, Architecture architecture)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Run.Train(strategy, Small.Data, Small.Scale, Config(architecture) with { Layers = 0 }, 1, folder.Path, "contract"));
        Assert.Equal("Layers is 0: it must be at least 1.", refused.Message);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_model_that_does_not_fit_in_memory_is_refused_before_it_is_tried(IStrategy strategy, Architecture architecture)
    {
        var huge = Config(architecture) with { Width = 1 << 20, Layers = 96 };
        var refused = await Assert.ThrowsAsync<InsufficientMemoryException>(() => Run.Train(strategy, Small.Data, Small.Scale, huge, 1, folder.Path, "contract"));
        Assert.Matches(@"^Training this model needs about [\d,]+ GB, and this machine has \d+ GB: lower Width, Layers, Context or BatchRows\.$", refused.Message);
    }
}
