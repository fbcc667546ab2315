using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Strategies;

[Collection(nameof(Alone))]
public class GreedyLayerwiseTests
{
    private const double C = 16, T = 10, V = 12;
    private const double Matrices = 24 * C * C, Attention = 4 * T * C, Head = 2 * C * V;   // of one layer
    private const long Tokens = 1200;

    private static readonly ModelConfig Three = Small.Config with { Layers = 3 };
    private static readonly Schedule Schedule = new() { Peak = 1e-2 };

    public GreedyLayerwiseTests() => set_num_threads(1);   // as runs have it

    private static Model Build(ModelConfig config) => new GreedyLayerwise().Build(config, new Generator(1));

    private static IReadOnlyList<RunEvent> Train(Model model, Generator draws, int evaluations,
        IReadOnlyList<Stage> stages, Action<RunEvent>? onEvent = null)
    {
        var events = new List<RunEvent>();
        new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = evaluations }, draws)
            .Train(stages, events.Add + onEvent);
        return events;
    }

    [Fact]
    public void Each_layer_trains_with_what_lies_below_the_first_and_the_last_through_the_head_of_the_model()
    {
        using var model = Build(Three);
        var stages = new GreedyLayerwise().Stages(model, Small.Plan(10_000, Schedule));
        Assert.Equal([("body layer 1", 3333), ("body layer 2", 3333), ("body layer 3", 3334)],
            stages.Select(s => (s.Name, s.Tokens)));
        Assert.Equal(["embedding, body positions, body layer 1, body norm, head of body layer 1",
            "body layer 2, body norm, head of body layer 2",
            "body layer 3, body norm, head"],
            stages.Select(s => string.Join(", ", s.Train.Select(p => p.Name))));
        Assert.Equal(["causal LM through layers up to 1 and head of body layer 1",
            "causal LM through layers up to 2 and head of body layer 2", "causal LM"],
            stages.Select(s => s.Aims[0].Objective.Name));
        Assert.All(stages, s => Assert.Equal((Schedule, 0), (s.Schedule, s.Reset.Count)));
        Assert.False(model.Config.TieHead);
    }

    /// <summary>By hand there are no ways through a larger model: each stage has a model that ends with the layer that
    /// it trains.</summary>
    [Fact]
    public void It_ends_to_the_last_bit_as_models_that_grow_by_a_layer_and_are_trained_one_after_another()
    {
        using var model = Build(Three);
        var weights = Weights.Copy(model);
        var events = Train(model, new Generator(7), evaluations: 3, new GreedyLayerwise()
            .Stages(model, Small.Plan(Tokens, Schedule)));
        using var draws = new Generator(7);
        Part<OutputHead>?[] heads = [HeadByHand(draws), HeadByHand(draws), null];
        for (var layers = 1; layers <= 3; layers++)
        {
            using var grown = (Three with { Layers = layers, TieHead = false }).Build(new Generator(99));
            Weights.Set(grown, weights);
            var head = heads[layers - 1];
            Part[] below = layers == 1 ? [grown.Embedding, grown.Body.Parts[0]] : [];
            Part[] trained = [.. below, .. grown.Body.Parts.TakeLast(2), head ?? grown.Head];
            var stage = new Stage("by hand", new CausalLm { Way = new() { Head = head } }, trained,
                Tokens / 3) { Schedule = Schedule };
            var last = Train(grown, draws, evaluations: 1, [stage])[^1];
            foreach (var (name, weight) in Weights.Copy(grown)) weights[name] = weight;
            static (double, double) Losses(RunEvent e) => (e.TrainLoss, e.ObjectiveLoss ?? e.TestLoss);
            Assert.Equal(Losses(last), Losses(events[layers]));
        }
        Assert.All(model.state_dict(), w => Assert.True(w.Value.equal(weights[w.Key]).all().item<bool>(), w.Key));
    }

    private static Part<OutputHead> HeadByHand(Generator draws)
    {
        var head = new OutputHead(Three, tied: null);
        // the bias begins at 0
        using (no_grad()) head.parameters().Single(p => p.dim() == 2).normal_(0, 0.8 / Math.Sqrt(C), draws);
        return new("head by hand", head) { Draw = null };
    }

    [Fact]
    public void A_layer_changes_in_its_own_stage_and_never_again()
    {
        using var model = Build(Three);
        var seen = new List<string[]>();
        Part[] parts = [model.Embedding, .. model.Body.Parts.SkipLast(1)];
        Train(model, new Generator(7), evaluations: 3, new GreedyLayerwise()
            .Stages(model, Small.Plan(Tokens, Schedule)), _ =>
            seen.Add(Weights.Hashes(parts)));
        string Changed(int stage) => string.Join(' ', seen[stage - 1]
            .Zip(seen[stage], (before, after) => before != after));
        Assert.Equal(["True True True False False", "False False False True False", "False False False False True"],
            Enumerable.Range(1, 3).Select(Changed));
    }

    [Fact]
    public void With_one_layer_it_is_joint_training()
    {
        var one = Small.Config with { Layers = 1, TieHead = false };
        IReadOnlyList<double> Losses(IStrategy strategy)
        {
            using var model = strategy.Build(one, new Generator(1));
            var events = Train(model, new Generator(7), evaluations: 4,
                strategy.Stages(model, Small.Plan(Tokens, Schedule)));
            return [.. events.SelectMany(e => new[] { e.TrainLoss, e.TestLoss })];
        }
        Assert.Equal(Losses(new Joint()), Losses(new GreedyLayerwise()));
    }

    [Fact]
    public void A_stage_pays_neither_for_the_layers_above_it_nor_for_gradients_below()
    {
        using var model = Build(Three);
        var stages = new GreedyLayerwise().Stages(model, Small.Plan(Tokens, Schedule));
        // its first norm needs a gradient, and nothing below
        const double Layer = Matrices + Attention, Alone = 3 * (Layer + Head);
        Assert.Equal([3 * (Layer + Head), Layer + Alone, 2 * Layer + Alone],
            stages.Select(s => Ledger.FlopsPerToken(model, s.Train, (int)T, s.Aims[0].Objective)));
    }

    [Fact]
    public void A_layer_that_has_no_weights_of_its_own_cannot_be_trained_alone_and_that_is_said_in_one_sentence()
    {
        using var model = Build(Three with { AttentionOf = LayerPattern.Cycle(1, 3),
            FeedForwardOf = LayerPattern.Cycle(1, 3) });
        Assert.Equal("Stage 'body layer 2' trains 'body layer 2', which has no weights of its own: train the part "
            + "whose weights it uses.",
            Assert.Throws<ArgumentException>(() =>
                Train(model, new Generator(7), 3, new GreedyLayerwise().Stages(model, Small.Plan(Tokens, Schedule))))
                    .Message);
    }
}
