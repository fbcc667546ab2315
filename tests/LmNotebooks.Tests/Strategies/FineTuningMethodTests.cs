using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

/// <summary>What methods of fine-tuning train, and what they leave as it is.</summary>
[Collection(nameof(Alone))]
public sealed class FineTuningMethodTests
{
    private const long Tokens = 3_000;

    private static readonly Schedule Schedule = new() { Peak = 1e-2 };
    private static readonly TrainingOptions Options = Small.Scale.Options;
    private static readonly ModelConfig Three = Small.Config with { Layers = 3 };

    private static Plan Plan(long tokens) => new(tokens, Schedule, Small.Data);

    public FineTuningMethodTests() => set_num_threads(1);   // as runs have it

    /// <summary>The stages, run one after another, with all weights before each and after the last.</summary>
    private static (IReadOnlyList<Stage> Stages, IReadOnlyList<Dictionary<string, Tensor>> Weights) Train(
        IStrategy strategy, ModelConfig config)
    {
        var generator = new Generator(1);
        var model = strategy.Build(config, generator);
        var stages = strategy.Stages(model, Plan(Tokens));
        var seen = new List<(string Stage, Dictionary<string, Tensor> Weights)>();
        new Trainer("test", model, Small.Data, Options, generator).Train(stages, e => seen.Add((e.Stage,
            model.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().clone()))));
        return (stages, [seen[0].Weights, .. stages.Select(s => seen.Last(e => e.Stage == s.Name).Weights)]);
    }

    private static IEnumerable<string> Changed(Dictionary<string, Tensor> from, Dictionary<string, Tensor> to) =>
        from.Keys.Where(name => !from[name].equal(to[name]).all().item<bool>());

    [Fact]
    public void Gradual_unfreezing_trains_one_layer_more_in_each_stage_and_at_last_all()
    {
        using var model = new GradualUnfreezing().Build(Three, new Generator(1));
        var stages = new GradualUnfreezing().Stages(model, Plan(10_003));
        Assert.Equal(
        [
            ("pre-training", "embedding, body, head", 8002), ("fine-tuning, head", "head", 400),
            ("fine-tuning, body layer 3", "body layer 3, body norm, head", 400),
            ("fine-tuning, body layer 2", "body layer 2, body layer 3, body norm, head", 400),
            ("fine-tuning, body layer 1", "body layer 1, body layer 2, body layer 3, body norm, head", 400),
            ("fine-tuning, all", "embedding, body, head", 401),
        ], stages.Select(s => (s.Name, string.Join(", ", s.Train.Select(p => p.Name)), s.Tokens)));
        Assert.All(stages, s => Assert.Equal(Schedule, s.Schedule));
    }

    [Fact]
    public void A_recurrent_body_is_unfrozen_as_one_layer()
    {
        using var model = new GradualUnfreezing().Build(Small.Config with { Architecture = Architecture.Gru },
            new Generator(1));
        var stages = new GradualUnfreezing().Stages(model, Plan(10_000));
        Assert.Equal(["embedding, body, head", "head", "body, head", "embedding, body, head"],
            stages.Select(s => string.Join(", ", s.Train.Select(p => p.Name))));
    }

    [Fact]
    public void Layers_that_borrow_all_their_weights_are_not_unfrozen()
    {
        var shared = Three with { AttentionOf = LayerPattern.Cycle(1, 3), FeedForwardOf = LayerPattern.Cycle(1, 3) };
        Assert.Equal(["pre-training", "fine-tuning, head", "fine-tuning, body layer 1", "fine-tuning, all"],
            Train(new GradualUnfreezing(), shared).Stages.Select(s => s.Name));
    }

    public static TheoryData<FineTuningMethod> Methods { get; } =
        [new GradualUnfreezing(), new LowRankAdaptation(), new BitFit()];

    [Theory, MemberData(nameof(Methods))]
    public void Pre_training_is_that_of_the_plain_method(FineTuningMethod method)
    {
        var plain = new PretrainThenFineTune
        {
            Pretraining = new MaskedLm(), PretrainingShare = 0.6, PretrainingRate = 2e-3,
        };
        using var model = plain.Build(Three, new Generator(1));
        using var same = (method with { Plain = plain }).Build(Three, new Generator(1));
        Assert.Equal(model.Config, same.Config);
        var (expected, stages) = (plain.Stages(model, Plan(1_000)),
            (method with { Plain = plain }).Stages(model, Plan(1_000)));
        Assert.Equal(expected[0].Aims, stages[0].Aims);
        Assert.Equal((expected[0].Tokens, expected[0].Schedule), (stages[0].Tokens, stages[0].Schedule));
        Assert.Equal(expected[1].Tokens, stages.Skip(1).Sum(s => s.Tokens));
    }

    [Fact]
    public void Low_rank_adaptation_changes_the_matrices_of_attention_by_that_rank_and_the_head_and_nothing_else()
    {
        var (_, weights) = Train(new LowRankAdaptation { Rank = 2 }, Three);
        Assert.Equal(
        [
            .. Enumerable.Range(0, 3).SelectMany(i => new[] { "queryKeyValue", "residual" }.Select(matrix =>
                $"body.blocks.{i}.attention.{matrix}.weight")), "head.bias",
        ], Changed(weights[1], weights[2]));
        Assert.All(weights[1].Keys.Where(name => name.Contains("attention") && name.EndsWith("weight")), name =>
        {
            var sizes = linalg.svdvals((weights[2][name] - weights[1][name]).to(float64)).data<double>().ToArray();
            Assert.True(sizes[1] > 0.01 * sizes[0], $"{name} changed by rank 1: {string.Join(' ', sizes)}");
            Assert.True(sizes[2] < 1e-5 * sizes[0], $"{name} changed by more: {string.Join(' ', sizes)}");
        });
    }

    [Fact]
    public void BitFit_changes_the_biases_and_the_norms_and_the_head_and_nothing_else()
    {
        var (_, weights) = Train(new BitFit(), Three);
        Assert.Equal(weights[1].Keys.Where(name => weights[1][name].dim() == 1).Order(),
            Changed(weights[1], weights[2]).Order());
    }

    public static TheoryData<FineTuningMethod> Updating { get; } = [new LowRankAdaptation(), new BitFit()];

    [Theory, MemberData(nameof(Updating))]
    public void When_its_stage_has_ended_the_model_has_the_update_of_the_last_step(FineTuningMethod method)
    {
        var generator = new Generator(1);
        var model = method.Build(Three, generator);
        var stages = method.Stages(model, Plan(Tokens));
        var update = ((Updated)stages[1].Aims[0].Objective).Update;
        Tensor[] Weights() => [.. update.Of(model).Select(w => w.detach().clone())];
        Tensor[] before = [], after = [], values = [];
        new Trainer("test", model, Small.Data, Options, generator).Train(stages, e =>
        {
            if (e.Stage == "pre-training") before = Weights();
            else (after, values) = (Weights(), [.. update.Values.Select(v => v.detach().clone())]);
        });
        Assert.All(before.Index(), w => Assert.True((w.Item + values[w.Index]).allclose(after[w.Index], 1e-5, 1e-6)));
        Assert.All(after.Index(), w => Assert.True(w.Item.equal(Weights()[w.Index]).all().item<bool>()));
    }

    [Theory, MemberData(nameof(Updating))]
    public void Its_optimizer_holds_no_more_than_what_trains(FineTuningMethod method)
    {
        using var generator = new Generator(1);
        var config = Small.Config with { Width = 32 };
        using var model = method.Build(config, generator);
        var stages = (method with { Plain = new() { PretrainingShare = 0 } })
            .Stages(model, Plan(400));
        var few = stages[0].Train.SelectMany(p => p.Module.parameters()).Sum(p => p.numel());
        var result = new Trainer("test", model, Small.Data, Options, generator).Train(stages, _ => { });
        Assert.Equal(2 * sizeof(float) * few, result.OptimizerBytes);
        Assert.True(few < 0.2 * result.Parameters, $"{few} of {result.Parameters} train.");
    }

    [Fact]
    public void A_rank_below_1_is_refused_in_one_sentence()
    {
        using var model = new BitFit().Build(Three, new Generator(1));
        Assert.Equal("Rank is 0: it must be at least 1.", Assert.Throws<ArgumentException>(() =>
            new LowRankAdaptation { Rank = 0 }.Stages(model, Plan(1_000))).Message);
    }
}
