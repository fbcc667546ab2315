using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>The layers of a body as parts that train, cost and are drawn apart.</summary>
[Collection(nameof(Alone))]
public class NestedPartsTests
{
    private const double C = 16, T = 10, V = 12;
    private const double Matrices = 24 * C * C, Attention = 4 * T * C, Head = 2 * C * V;   // of one layer

    private static ModelConfig Four => Small.Config with { Layers = 4, TieHead = false };

    public static TheoryData<ModelConfig> All => new([.. Small.Sharing, Small.Config, Four]);

    private static RunResult Train(Model model, params IReadOnlyList<Stage> stages) =>
        new Trainer("test", model, Small.Data, new TrainingOptions { Evaluations = 1 }, new Generator(5))
            .Train(stages, _ => { });

    [Theory, MemberData(nameof(All))]
    public void A_body_is_its_positions_its_layers_and_a_norm_and_each_weight_belongs_to_one_of_them(ModelConfig config)
    {
        using var model = config.Build(new Generator(1));
        Assert.Equal(["body positions", .. Enumerable.Range(1, config.Layers).Select(i => $"body layer {i}"),
            "body norm"],
            model.Body.Parts.Select(p => p.Name));
        Assert.Equal(["body", .. model.Body.Parts.Select(p => p.Name)], model.Body.All.Select(p => p.Name));
        var weights = model.Body.Parts.SelectMany(p => p.Module.parameters()).Select(p => p.Handle).ToList();
        Assert.Equal(weights.Distinct().Count(), weights.Count);
        Assert.Equal(model.Body.Module.parameters().Sum(p => p.numel()),
            model.Body.Parts.SelectMany(p => p.Module.parameters()).Sum(p => p.numel()));
    }

    [Theory, MemberData(nameof(All))]
    public void Layers_named_one_by_one_cost_what_the_body_costs(ModelConfig config)
    {
        using var model = config.Build(new Generator(1));
        double Flops(IEnumerable<Part> parts) => Ledger.FlopsPerToken(model, [.. parts], (int)T);
        foreach (Part[] others in new Part[][] { [], [model.Embedding], [model.Head], [model.Embedding, model.Head] })
            Assert.Equal(Flops([.. others, model.Body]), Flops([.. others, .. model.Body.Parts]));
        Assert.True(Flops(model.Body.Parts.Take(1)) < Flops([model.Body]) || config.AttentionOf?.Max() is 0
            && config.FeedForwardOf?.Max() is 0);
    }

    [Theory, MemberData(nameof(All))]
    public void Training_layers_named_one_by_one_is_training_the_body_to_the_last_bit(ModelConfig config)
    {
        (double, long, string) Trained(Func<Part, IReadOnlyList<Part>> named)
        {
            using var model = config.Build(new Generator(1));
            var result = Train(model, new Stage("body", new CausalLm(), named(model.Body), 200));
            return (result.TestLoss, result.OptimizerBytes, Weights.Hash(model));
        }
        Assert.Equal(Trained(body => [body]), Trained(body => [.. body.Parts.Where(p => p.Module.parameters().Any())]));
    }

    [Fact]
    public void A_layer_trains_at_the_price_of_its_own_gradients_and_of_those_that_pass_through_what_is_above()
    {
        using var model = Four.Build(new Generator(1));
        const double Forward = 4 * (Matrices + Attention) + Head, Through = Matrices + 2 * Attention;
        double Flops(int layer) => Ledger.FlopsPerToken(model, [model.Body.Parts[layer]], (int)T);
        for (var layer = 1; layer <= 4; layer++)
            Assert.Equal(Forward + Matrices + (5 - layer) * Through + Head, Flops(layer)); // its first norm trains too
        Assert.Equal(Forward + Head, Flops(5)); // the norm has no matrix, but waits for a gradient
    }

    /// <summary>Weights of layer 2 are used in layer 4 too, so gradients are made for them twice.</summary>
    [Fact]
    public void What_layers_share_belongs_to_the_first_of_them()
    {
        using var model = (Four with { AttentionOf = LayerPattern.Cycle(2, 4),
            FeedForwardOf = LayerPattern.Cycle(2, 4) }).Build(new Generator(1));
        using var plain = Four.Build(new Generator(1));
        static double Flops(Model m) => Ledger.FlopsPerToken(m, [m.Body.Parts[2]], (int)T);
        Assert.Equal(Flops(plain) + Matrices, Flops(model));
        Assert.Equal([true, true, true, false, false, true], model.Body.Parts.Select(p => p.Module.parameters().Any()));
    }

    [Fact]
    public void Attention_and_feed_forward_part_of_a_layer_can_belong_to_different_layers()
    {
        using var model = (Four with { AttentionOf = LayerPattern.Cycle(2, 4),
            FeedForwardOf = LayerPattern.Sequence(3, 4) }).Build(new Generator(1));
        var owners = model.Applications((int)T).Where(a => a.Flops > 0).Select(a => a.Owner?.Name.Split(' ')[^1] ?? "-")
            .ToList();
        string Owners(int layer) => string.Join(' ', owners.Skip(5 * layer).Take(5));
        Assert.Equal(["1 - 1 1 1", "2 - 2 1 1", "1 - 1 3 3", "2 - 2 4 4"], Enumerable.Range(0, 4).Select(Owners));
    }

    public static TheoryData<int> Layers => new(1, 2, 10, 11);

    /// <summary>Of eleven: the name of the second begins as those of the tenth and the eleventh.</summary>
    [Theory, MemberData(nameof(Layers))]
    public void A_stage_that_resets_a_layer_draws_that_layer_anew_and_nothing_else(int layer)
    {
        using var model = (Small.Config with { Layers = 11, Width = 4, Heads = 1 }).Build(new Generator(1));
        var parts = model.Parts.SelectMany(p => p.All).Where(p => p.Parts.Count == 0 && p != model.Head).ToList();
        var before = Weights.Hashes(parts);
        Train(model, new Stage("head", new CausalLm(), [model.Head], 10) { Reset = [model.Body.Parts[layer]] });
        var drawn = parts.Zip(before.Zip(Weights.Hashes(parts), (a, b) => a != b)).Where(p => p.Second)
            .Select(p => p.First.Name);
        Assert.Equal([$"body layer {layer}"], drawn);
    }

    [Fact]
    public void A_layer_that_is_reset_begins_as_in_a_new_model()
    {
        using Model model = Four.Build(new Generator(1)), other = Four.Build(new Generator(2));
        Train(model, new Stage("all", new CausalLm(), model.Parts, 400));
        foreach (var m in new[] { model, other }) m.Initialise(new Generator(7), [m.Body.Parts[2]]);
        Assert.Equal([false, false, true, false, false, false], Weights.Hashes(model.Body.Parts)
            .Zip(Weights.Hashes(other.Body.Parts), (a, b) => a == b));
    }

    [Fact]
    public void A_layer_can_be_trained_again()
    {
        var strategy = new RetrainPart { Part = "body layer 2", Share = 0.25 };
        using var model = strategy.Build(Four, new Generator(1));
        var stages = strategy.Stages(model, Small.Plan(1000, new Schedule()));
        var again = stages[^1];
        Assert.Equal((750, 250, 1), (stages[0].Tokens, again.Tokens, again.Schedule.Final));
        Assert.Equal([[model.Body.Parts[2]], [model.Body.Parts[2]]], new[] { again.Train, again.Reset });
        Assert.Equal(model.Parts, (strategy with { Freeze = false }).Stages(model, Small.Plan(1000, new Schedule()))[^1]
            .Train);
        Assert.Equal("There is no part 'layer 2' to train again: it is one of "
            + "embedding, body, body positions, body layer 1, body layer 2, body layer 3, body layer 4, body norm, "
                + "head.",
            Assert.Throws<ArgumentException>(() => (strategy with { Part = "layer 2" })
                .Stages(model, Small.Plan(1000, new Schedule()))).Message);
    }

    [Fact]
    public void A_stage_that_names_a_layer_without_weights_of_its_own_is_refused_in_one_sentence()
    {
        using var model = (Four with { AttentionOf = LayerPattern.Cycle(2, 4),
            FeedForwardOf = LayerPattern.Cycle(2, 4) }).Build(new Generator(1));
        Assert.Equal("Stage 'third' trains 'body layer 3', which has no weights of its own: train the part whose "
            + "weights it uses.",
            Assert.Throws<ArgumentException>(() =>
                Train(model, new Stage("third", new CausalLm(), [model.Head, model.Body.Parts[3]], 100))).Message);
        using var other = Four.Build(new Generator(1));
        Assert.Equal("Stage 'all' trains or resets 'body layer 1', which is no part of the model: its parts are "
            + "embedding, body, body positions, body layer 1, body layer 2, body layer 3, body layer 4, body norm, "
                + "head.",
            Assert.Throws<ArgumentException>(() =>
                Train(model, new Stage("all", new CausalLm(), [other.Body.Parts[1]], 100))).Message);
    }
}
