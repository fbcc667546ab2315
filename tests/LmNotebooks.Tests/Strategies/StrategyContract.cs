using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>What every strategy must keep with every kind of model. A new one is tested by being in the library: all
/// are found there.</summary>
[Collection(nameof(Alone))]
public sealed class StrategyContract : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>All strategies of the library, as they are by default.</summary>
    internal static readonly IStrategy[] Found = [.. typeof(IStrategy).Assembly.GetTypes()
        .Where(t => t.IsAssignableTo(typeof(IStrategy)) && t is { IsPublic: true, IsAbstract: false }
            && t.GetConstructor([]) is not null)
            .Select(t => (IStrategy)Activator.CreateInstance(t)!)];

    /// <summary>Layers train apart where they are parts of the body.</summary>
    private static bool Goes(IStrategy strategy, Architecture architecture) => strategy is not GreedyLayerwise
        || architecture == Architecture.Transformer;

    public static TheoryData<Architecture> Recurrent =>
        new(Enum.GetValues<Architecture>().Where(a => a != Architecture.Transformer));

    [Theory, MemberData(nameof(Recurrent))]
    public void An_architecture_whose_layers_are_no_parts_is_refused_in_one_sentence(Architecture architecture) =>
        Assert.Equal($"GreedyLayerwise trains layer by layer, and the body of a model of kind {architecture} is one "
            + "part: use a Transformer.",
            Assert.Throws<ArgumentException>(() => new GreedyLayerwise()
                .Build(Small.Config with { Architecture = architecture }, new Generator(1))).Message);

    /// <summary>Those that cannot train a language model.</summary>
    private static readonly IStrategy[] OfTranslatorsOnly = [new StagedTranslator()];

    /// <summary>Those that train the encoder of a translator too, or say why not.</summary>
    private static readonly IStrategy[] OfTranslators =
        [new Joint(), new RetrainPart(), new RetrainPart { Part = "encoder" }, new StagedTranslator(),
        new StagedTranslator { EncoderShare = 0 },
        .. typeof(WeightSharing).GetProperties().Where(p => p.PropertyType == typeof(WeightSharing))
            .Select(p => (WeightSharing)p.GetValue(null)!)];

    /// <summary>Every way of learning several tasks in one step but the one that is found already.</summary>
    private static readonly IStrategy[] Combining = [.. Enum.GetValues<Combination>().Skip(1)
        .Select(way => new CombinedTasks { Combination = way })];

    /// <summary>Every strategy with every kind of model that it can train.</summary>
    public static TheoryData<IStrategy, ModelConfig> All
    {
        get
        {
            var all = new TheoryData<IStrategy, ModelConfig>();
            foreach (var strategy in Found.Except(OfTranslatorsOnly))
                foreach (var architecture in Enum.GetValues<Architecture>().Where(a => Goes(strategy, a)))
                    all.Add(strategy, Small.Config with { Architecture = architecture });
            foreach (var strategy in Combining) all.Add(strategy, Small.Config);
            foreach (var strategy in OfTranslators) all.Add(strategy, Small.Translator);
            foreach (var strategy in OfTranslators.Where(s => s is not WeightSharing))
                all.Add(strategy, Small.Translator with { SourceArchitecture = Architecture.Gru });
            return all;
        }
    }

    private static Dataset Data(ModelConfig config) => config.SourceVocabulary is null ? Small.Data
        : Small.TranslationData;

    private static Plan Plan(ModelConfig config, long tokens) =>
        Small.Plan(tokens, Small.Scale.Schedule, Data(config));

    private async Task<RunRecord> Train(IStrategy strategy, ModelConfig config, int seed = 1, string name = "run")
    {
        var scale = Small.Scale with { TrainTokens = 8_000 };
        return config.SourceVocabulary is null ? (await Run.Train(strategy, Data(config), scale, config, seed,
            folder.File(name), "contract")).Record
            : (await Run.Train<EncoderDecoder>(strategy, new Material(Data(config)), scale, seed, folder.File(name),
                "contract", config)).Record;
    }

    [Fact]
    public void A_strategy_for_translators_refuses_a_language_model_in_one_sentence()
    {
        using var generator = new Generator(1);
        Assert.All(OfTranslatorsOnly.Append(WeightSharing.EncoderDecoder), strategy =>
            Assert.Matches(@"^\w+ is for (a translator|translators), .* language model: set SourceVocabulary, [^.]+\.$",
            Assert.Throws<ArgumentException>(() => strategy.Build(Small.Config, generator)).Message));
    }

    [Theory, MemberData(nameof(All))]
    public void Stages_and_parts_have_names_of_their_own(IStrategy strategy, ModelConfig config)
    {
        using var generator = new Generator(1);
        using var model = strategy.Build(config, generator);
        var stages = strategy.Stages(model, Plan(config, 600));
        Assert.Distinct(stages.Select(s => s.Name));
        Assert.Distinct(model.Parts.Concat(stages.SelectMany(s => s.Temporary).Distinct())
            .SelectMany(p => p.All).Select(p => p.Name));
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_loss_falls(IStrategy strategy, ModelConfig config)
    {
        var record = await Train(strategy, config);
        Assert.True(record.Finished);
        Assert.True(record.Events[^1].TestLoss < record.Events[0].TestLoss - 0.2,
            $"from {record.Events[0].TestLoss} to {record.Events[^1].TestLoss}");
    }

    [Theory, MemberData(nameof(All))]
    public void A_stage_changes_the_parts_it_names_and_no_other(IStrategy strategy, ModelConfig config)
    {
        using var generator = new Generator(1);
        var model = strategy.Build(config, generator);
        var stages = strategy.Stages(model, Plan(config, 600));
        Part[] parts = [.. model.Parts.Concat(stages.SelectMany(s => s.Temporary).Distinct())
            .SelectMany(p => p.All).Where(p => p.Parts.Count == 0 && p.Module.parameters().Any())];
        var seen = new List<(string Stage, Tensor[][] Weights)>();
        new Trainer("test", model, Data(config), Small.Scale.Options, generator).Train(stages, e =>
            seen.Add((e.Stage, [.. parts.Select(p => p.Module.parameters().Select(q => q.detach().clone())
                .ToArray())])));
        (string, Tensor[][] Weights)[] ends = [seen[0], .. stages.Select(s => seen.Last(e => e.Stage == s.Name))];
        foreach (var (i, stage) in stages.Index())
            foreach (var (j, part) in parts.Index())
            {
                var changed = ends[i].Weights[j].Zip(ends[i + 1].Weights[j])
                    .Any(pair => !pair.First.equal(pair.Second).all().item<bool>());
                Assert.Equal(stage.Train.SelectMany(p => p.All).Contains(part) || Updates(model, stage, part), changed);
            }
    }

    /// <summary>Whether what trains in a stage is added to weights of a part.</summary>
    private static bool Updates(Model model, Stage stage, Part part) => stage.Aims.Select(aim => aim.Objective)
        .OfType<Updated>()
        .Any(objective => part.Module.parameters().Intersect(objective.Update.Of(model)).Any());

    [Theory, MemberData(nameof(All))]
    public void Training_and_writing_leave_no_tensor_behind(IStrategy strategy, ModelConfig config)
    {
        using var generator = new Generator(1);
        var model = strategy.Build(config, generator);
        void Once(IReadOnlyList<Stage> stages) =>
            new Trainer("test", model, Data(config), Small.Scale.Options, generator).Train(stages, _ => { });
        Once(strategy.Stages(model, Plan(config, 400)));
        var stages = strategy.Stages(model, Plan(config, 400));
        var temporary = stages.SelectMany(s => s.Temporary).Distinct()
            .Sum(part => part.Module.parameters().Count() + part.Module.buffers().Count());
        Leaks.NoneAfter(() => Once(stages), freed: temporary);
        Leaks.NoneAfter(() =>
        {
            var texts = model as ISequenceDistribution ?? new TranslationsOf((EncoderDecoder)model, [2, 3]);
            texts.Generate([2], 15, seed: 1);    // beyond the context
            texts.BeamSearch([2], 15, beams: 3);
        });
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_same_seed_gives_the_same_losses_even_beside_other_runs(IStrategy strategy, ModelConfig config)
    {
        var alone = await Train(strategy, config);
        var together = await Task.WhenAll(Train(strategy, config, 1, "a"), Train(strategy, config, 2, "b"),
            Train(strategy, config, 1, "c"));
        Assert.Equal(alone.Events.Select(e => e.TestLoss), together[0].Events.Select(e => e.TestLoss));
        Assert.Equal(alone.Events.Select(e => e.TrainLoss), together[2].Events.Select(e => e.TrainLoss));
        Assert.NotEqual(alone.Events[^1].TestLoss, together[1].Events[^1].TestLoss);
    }

    [Theory, MemberData(nameof(All))]
    public void Every_stage_runs_forward_and_backward_on_the_device_it_is_given(IStrategy strategy, ModelConfig config)
    {
        using var generator = new Generator(1);
        var model = strategy.Build(config, generator);
        model.to(DeviceType.META);
        foreach (var stage in strategy.Stages(model, Plan(config, 100)))
        {
            var loss = stage.Aims[0].Objective.Of(model, Data(config).Train.Take([0, 1, 2], META), generator).Mean;
            loss.backward();
            Assert.Equal(DeviceType.META, loss.device_type);
            // skip-gram needs no position vectors
            Assert.All(stage.Train, part => Assert.Contains(part.Module.parameters(), p => p.grad is not null));
            Assert.All(stage.Train.SelectMany(p => p.Module.parameters()), p =>
                Assert.True(p.grad is null || p.grad.shape.SequenceEqual(p.shape)));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void The_stages_spend_the_budget_and_name_parts_of_the_model(IStrategy strategy, ModelConfig config)
    {
        using var generator = new Generator(1);
        var model = strategy.Build(config, generator);
        var stages = strategy.Stages(model, Plan(config, 10_000));
        Assert.Equal(10_000, stages.Sum(s => s.Tokens));
        Assert.All(stages, s => Assert.Subset(model.Parts.SelectMany(p => p.All).Concat(s.Temporary)
            .ToHashSet(), s.Train.ToHashSet()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_model_that_cannot_be_is_refused_in_one_sentence(IStrategy strategy, ModelConfig config)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Train(strategy, config with { Layers = 0 }));
        Assert.Equal("Layers is 0: it must be at least 1.", refused.Message);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_model_that_does_not_fit_in_memory_is_refused_before_it_is_tried(IStrategy strategy,
        ModelConfig config)
    {
        var refused = await Assert.ThrowsAsync<InsufficientMemoryException>(() =>
            Train(strategy, config with { Width = 1 << 20, Layers = 96 }));
        Assert.Matches(@"^Training this model needs about [\d,]+ GB, and this machine has \d+ GB: "
            + @"lower Width, Layers, Context or BatchRows\.$", refused.Message);
    }
}
