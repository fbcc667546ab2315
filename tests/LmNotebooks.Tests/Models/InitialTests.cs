using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>How weights begin.</summary>
public class InitialTests
{
    private static readonly ModelConfig Wide = new()
    {
        Vocabulary = 300, Context = 50, Width = 64, Layers = 2, TieHead = false, VectorWidth = 25,
        Classes = new Dictionary<string, int> { ["topic"] = 300 },
    };

    private static readonly ModelConfig Translator = Wide with { SourceVocabulary = 300, SourceContext = 50 };

    /// <summary>Standard deviations by the end of a matrix's name, of width 64 and two layers: 0.8 / 8, and half of
    /// that where a product is added to the states.</summary>
    public static TheoryData<ModelConfig, string, double> Deviations => new()
    {
        { Wide, "embedding.token.weight", 0.1 }, { Wide, "embedding.widen.weight", 0.2 },
        { Wide, "body.position.weight", 0.1 }, { Wide, "attention.queryKeyValue.weight", 0.1 },
        { Wide, "attention.residual.weight", 0.05 }, { Wide, "expand.weight", 0.1 }, { Wide, ".residual.weight", 0.05 },
        { Wide, "head.weight", 0.1 }, { Wide, "head for topic.answers.weight", 0.1 },
        { Translator, "crossing.query.weight", 0.1 }, { Translator, "crossing.keyValue.weight", 0.1 },
        { Translator, "crossing.residual.weight", 0.05 }, { Translator, "encoder.position.weight", 0.1 },
        { Translator, "source.token.weight", 0.1 }, { Translator, "source.widen.weight", 0.2 },
        { Wide with { Architecture = Architecture.Rnn }, "weight_ih_l0", 0.1 },
        { Wide with { Architecture = Architecture.Gru }, "weight_ih_l1", 0.2 },
        { Wide with { Architecture = Architecture.Lstm }, "weight_ih_l0", 0.4 },
        { Wide with { Architecture = Architecture.Lstm }, "weight_hh_l0", 0.1 },
        { Wide with { Architecture = Architecture.Gru }, "embedding.token.weight", 0.3 },
        { Wide with { Architecture = Architecture.Gru }, "head.weight", 0.1 },
    };

    [Theory, MemberData(nameof(Deviations))]
    public void Matrices_begin_with_the_deviation_of_their_kind(ModelConfig config, string name, double deviation)
    {
        using var model = config.Build(new Generator(1));
        var found = model.named_parameters().Where(p => p.name.EndsWith(name)).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, p => Assert.Equal(deviation, p.parameter.std().item<float>(), 0.07 * deviation));
    }

    public static TheoryData<ModelConfig> All => new(Small.Kinds.Concat(Small.Translators));

    [Theory, MemberData(nameof(All))]
    public void Gains_begin_at_one_and_biases_at_zero_but_of_an_open_gate(ModelConfig config)
    {
        using var model = config.Build(new Generator(1));
        foreach (var (name, p) in model.named_parameters().Where(p => p.parameter.dim() < 2))
        {
            var sum = name.EndsWith(".weight") ? p.numel()
                : name.Contains("bias_ih") && p.numel() == 4 * config.Width ? config.Width : 0;
            Assert.Equal(sum, p.sum().item<float>());
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Parts_that_are_drawn_one_by_one_are_drawn_as_in_a_new_model(ModelConfig config)
    {
        using Model model = config.Build(new Generator(1)), other = config.Build(new Generator(2));
        using var generator = new Generator(1);
        foreach (var part in other.Parts) other.Initialise(generator, part.Parts.Count > 0 ? part.Parts : [part]);
        Assert.Equal(Weights.Hash(model), Weights.Hash(other));
    }
}
