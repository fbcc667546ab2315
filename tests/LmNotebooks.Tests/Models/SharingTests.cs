using System.Text.Json;
using LmNotebooks.Models;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class SharingTests
{
    public static TheoryData<ModelConfig> All => new(Small.Sharing);

    private static readonly Tensor Tokens = tensor(new long[] { 0, 2, 9, 4, 4, 7 }).unsqueeze(0);

    private static ModelConfig Four => Small.Config with { Layers = 4 };

    private static Dictionary<string, Tensor> Parameters(LanguageModel model) => model.named_parameters()
        .ToDictionary(p => p.name, Tensor (p) => p.parameter);

    /// <summary>The name of the parameter that this one of an unrolled model is a copy of.</summary>
    private static string Original(ModelConfig config, string name)
    {
        if (!name.StartsWith("body.blocks.")) return name;
        var layer = name.Split('.')[2];
        var of = name.Contains("attention") || name.Contains("normA") ? config.AttentionOf : config.FeedForwardOf;
        return name.Replace($"blocks.{layer}.", $"blocks.{of?[int.Parse(layer)] ?? int.Parse(layer)}.");
    }

    [Theory, MemberData(nameof(All))]
    public void A_model_computes_what_an_unrolled_copy_computes_and_each_weight_gets_the_gradients_of_all_its_uses(ModelConfig config)
    {
        using var shared = LanguageModel.Of(config, new Generator(1));
        using var unrolled = LanguageModel.Of(config with { AttentionOf = null, FeedForwardOf = null },
            new Generator(2));
        var (weights, copies) = (Parameters(shared), Parameters(unrolled));
        using (no_grad())
            foreach (var (name, copy) in copies) copy.copy_(weights[Original(config, name)]);
        foreach (var model in new[] { shared, unrolled })
            model.Logits(Tokens).log_softmax(-1).square().mean().backward();

        Assert.True((shared.Logits(Tokens) - unrolled.Logits(Tokens)).abs().max().item<float>() < 1e-5);
        var uses = copies.Keys.ToLookup(name => Original(config, name));
        Assert.Equal(weights.Keys.Order(), uses.Select(u => u.Key).Order());
        Assert.All(weights, w =>
        {
            var expected = uses[w.Key].Select(name => copies[name].grad!).Aggregate((a, b) => a + b);
            Assert.True((w.Value.grad! - expected).abs().max().item<float>() < 1e-5
                * (1 + expected.abs().max().item<float>()), w.Key);
        });
    }

    [Theory, MemberData(nameof(All))]
    public void Each_weight_is_trained_once_and_saved_once(ModelConfig config)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        using var flat = new FlatParameters(model.Parts.SelectMany(p => p.Module.parameters()));
        Assert.Equal(config.Parameters, flat.Count);
        Assert.Equal(config.Parameters, model.state_dict().Values.Sum(p => p.numel()));
    }

    [Theory, MemberData(nameof(All))]
    public void Attention_is_shown_for_every_layer_and_head(ModelConfig config)
    {
        using var model = new TransformerLm(config, new Generator(1));
        var attention = model.AttentionWeights([3, 9, 2]);
        Assert.Equal((config.Layers, config.Heads), (attention.Count, attention[0].Count));
        Assert.All(attention.SelectMany(layer => layer), head =>
            Assert.Equal(1, Enumerable.Range(0, 4).Sum(s => head[3, s]), 1e-6));
    }

    [Theory, MemberData(nameof(All))]
    public void A_checkpoint_keeps_what_is_shared(ModelConfig config)
    {
        using var folder = new Small.Folder();
        using var model = LanguageModel.Of(config, new Generator(1));
        Checkpoint.Save(model, folder.File("model"));
        using var loaded = (LanguageModel)Checkpoint.Load(folder.File("model"));
        Assert.Equal(JsonSerializer.Serialize(config), JsonSerializer.Serialize(loaded.Config));
        Assert.True(model.Logits(Tokens).equal(loaded.Logits(Tokens)).all().item<bool>());
    }

    [Theory, MemberData(nameof(All))]
    public void Forward_and_backward_run_on_the_device_they_are_given(ModelConfig config)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        model.to(DeviceType.META);
        model.Logits(Tokens.to(META)).sum().backward();
        Assert.All(model.parameters(), p => Assert.Equal((DeviceType.META, p.numel()),
            (p.grad!.device_type, p.grad!.numel())));
    }

    /// <summary>At the size of the laptop scale: a table of two factors begins with vectors of the size of plain
    /// ones.</summary>
    [Fact]
    public void Factorised_token_vectors_begin_as_large_as_others()
    {
        using var off = no_grad();
        double Size(int? width)
        {
            using var model = LanguageModel.Of(new ModelConfig { Vocabulary = 230, Context = 48, VectorWidth = width },
                new Generator(5));
            return model.Embedding.Module.Weight.std().item<float>();
        }
        Assert.InRange(Size(16) / Size(null), 0.85, 1.15);
    }

    [Fact]
    public void Heads_that_share_keys_and_values_keep_one_head_of_them_while_writing()
    {
        using var off = no_grad();
        using var model = LanguageModel.Of(Four with { MultiQuery = true }, new Generator(1));
        var (_, memory) = model.Body.Module.Read(zeros(1, 5, 16), []);
        Assert.Equal(8, memory.Count);
        Assert.All(memory, kept => Assert.Equal([1, 5, 1, 8], kept.shape));
    }

    [Fact]
    public void The_patterns_are_those_of_the_paper()
    {
        Assert.Equal([0, 0, 2, 2], LayerPattern.Sequence(2, 4));
        Assert.Equal([0, 0, 0, 3, 3], LayerPattern.Sequence(2, 5));
        Assert.Equal([0, 1, 0, 1, 0], LayerPattern.Cycle(2, 5));
        Assert.Equal([0, 0, 0], LayerPattern.Cycle(1, 3));
        Assert.Equal(LayerPattern.Cycle(3, 3), LayerPattern.Sequence(3, 3));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 3)]
    public void A_pattern_of_impossibly_many_sets_is_refused(int sets, int layers)
    {
        Assert.Contains($"{sets} sets of weights for {layers} layers",
            Assert.Throws<ArgumentException>(() => LayerPattern.Sequence(sets, layers)).Message);
        Assert.Contains($"{sets} sets of weights for {layers} layers",
            Assert.Throws<ArgumentException>(() => LayerPattern.Cycle(sets, layers)).Message);
    }

    public static TheoryData<string, ModelConfig> Impossible => new()
    {
        { "AttentionOf names 3 layers: it must name one for each of the 4 Layers.",
            Four with { AttentionOf = [0, 0, 0] } },
        { "FeedForwardOf says that layer 1 uses the weights of layer 2: it must",
            Four with { FeedForwardOf = [0, 2, 2, 2] } },
        { "AttentionOf says that layer 2 uses the weights of layer 1: it must",
            Four with { AttentionOf = [0, 0, 1, 0] } },
        { "AttentionOf says that layer 0 uses the weights of layer -1: it must",
            Four with { AttentionOf = [-1, 0, 0, 0] } },
        { "VectorWidth is 0: it must be at least 1", Four with { VectorWidth = 0 } },
        { "AttentionOf, FeedForwardOf, MultiQuery and StepVectors are for a Transformer, and this model is of kind Gru",
            Four with { Architecture = Architecture.Gru, MultiQuery = true } },
        { "AttentionOf, FeedForwardOf, MultiQuery and StepVectors are for a Transformer, and this model is of kind Rnn",
            Four with { Architecture = Architecture.Rnn, FeedForwardOf = [0, 0, 0, 0] } },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void Impossible_sharing_is_refused_in_one_sentence(string expected, ModelConfig config) =>
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => LanguageModel.Of(config, new Generator(1)))
            .Message);
}
