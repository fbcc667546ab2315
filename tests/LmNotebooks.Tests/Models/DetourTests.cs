using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>Ways through a model that leave its body early.</summary>
public class DetourTests
{
    private static readonly Batch Batch = Small.Data.Train.Take([0, 1, 2], CPU),
        Translations = Small.TranslationData.Train.Take([0, 1, 2], CPU);

    private static ModelConfig Four => Small.Config with { Layers = 4 };

    /// <summary>Each with every number of layers after which it can be left.</summary>
    public static TheoryData<ModelConfig, int> Cut
    {
        get
        {
            var all = new TheoryData<ModelConfig, int>();
            foreach (var config in Small.Sharing.Append(Four).Append(Four with { TieHead = false }))
                for (var layers = 1; layers <= 4; layers++) all.Add(config, layers);
            return all;
        }
    }

    private static ModelConfig Shorter(ModelConfig config, int layers) => config with
    {
        Layers = layers, AttentionOf = config.AttentionOf?.Take(layers).ToArray(),
            FeedForwardOf = config.FeedForwardOf?.Take(layers).ToArray(),
    };

    [Theory, MemberData(nameof(Cut))]
    public void A_way_that_leaves_early_is_that_of_a_model_with_fewer_layers_and_the_same_weights(ModelConfig config,
        int layers)
    {
        using var model = config.Build(new Generator(1));
        using var shorter = Shorter(config, layers).Build(new Generator(2));
        Weights.Set(shorter, Weights.Copy(model));
        using var cut = model.Logits(Batch, new() { Layers = layers });
        Assert.True(cut.equal(shorter.Logits(Batch, Detour.None)).all().item<bool>());
        Assert.Equal(layers == 4, cut.equal(model.Logits(Batch, Detour.None)).all().item<bool>());
    }

    [Theory, MemberData(nameof(Cut))]
    public void Of_what_a_model_computes_only_the_layers_of_the_way_are_counted(ModelConfig config, int layers)
    {
        static IEnumerable<(string?, double)> Listed(IEnumerable<Application> applications) =>
            applications.Select(a => (a.Owner?.Name, a.Flops));
        using var model = config.Build(new Generator(1));
        using var shorter = Shorter(config, layers).Build(new Generator(1));
        Assert.Equal(Listed(shorter.Applications(10)), Listed(model.Applications(10, new() { Layers = layers })));
        Assert.Equal(Listed(shorter.Applications(10)),
            Listed(new CausalLm { Way = new() { Layers = layers } }.Applications(model, 10)));
    }

    public static TheoryData<ModelConfig> Translators => new(Small.Translators);

    [Theory, MemberData(nameof(Translators))]
    public void The_decoder_of_a_translator_can_be_left_early_too(ModelConfig config)
    {
        using var model = config.Build(new Generator(1));
        Tensor Logits(int? layers) => model.Logits(Translations, new() { Layers = layers });
        Assert.False(Logits(1).equal(Logits(null)).all().item<bool>());
        Assert.True(Logits(config.Layers).equal(Logits(null)).all().item<bool>());
        Assert.True(model.Applications(10, new() { Layers = 1 }).Sum(a => a.Flops) < model.Applications(10)
            .Sum(a => a.Flops));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_body_cannot_be_left_after_no_layers_or_after_more_than_there_are(int layers)
    {
        using var model = Four.Build(new Generator(1));
        Detour way = new() { Layers = layers };
        var refused = $"The way leaves the body after {layers} layers, and it has 4: name 1 to 4.";
        Assert.Equal(refused, Assert.Throws<ArgumentException>(() => model.Logits(Batch, way)).Message);
        Assert.Equal(refused, Assert.Throws<ArgumentException>(() => model.Applications(10, way)).Message);
    }

    [Theory]
    [InlineData(Architecture.Rnn)]
    [InlineData(Architecture.Lstm)]
    [InlineData(Architecture.Gru)]
    public void A_recurrent_body_cannot_be_left_early_not_even_after_its_last_layer(Architecture architecture)
    {
        using var model = (Small.Config with { Architecture = architecture }).Build(new Generator(1));
        Detour way = new() { Layers = 2 };
        const string Refused =
            "The way leaves the body after 2 layers, but a recurrent body is gone through as a whole: use a "
            + "Transformer.";
        Assert.Equal(Refused, Assert.Throws<ArgumentException>(() => model.Logits(Batch, way)).Message);
        Assert.Equal(Refused, Assert.Throws<ArgumentException>(() => model.Applications(10, way)).Message);
    }

    [Fact]
    public void A_body_that_stands_in_is_left_after_its_own_layers_and_counted_as_its_owner()
    {
        using var model = Small.Config.Build(new Generator(1));
        var deeper = TemporaryPart.Body("deeper", model, c => c with { Layers = 3 });
        deeper.Draw!(new Generator(1));
        Detour all = new() { Body = deeper }, three = all with { Layers = 3 }, two = all with { Layers = 2 };
        Assert.True(model.Logits(Batch, all).equal(model.Logits(Batch, three)).all().item<bool>());
        Assert.False(model.Logits(Batch, all).equal(model.Logits(Batch, two)).all().item<bool>());
        Assert.Equal([.. deeper.Parts.Take(3), deeper.Parts[^1]], model.Applications(10, two).Select(a => a.Owner)
            .OfType<Part>().Distinct().Except([model.Embedding]));
        Assert.Equal((" through layers up to 2 and deeper", ""), (two.ToString(), Detour.None.ToString()));
        deeper.Module.Dispose();
    }
}
