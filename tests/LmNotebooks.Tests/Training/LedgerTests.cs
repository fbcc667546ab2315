using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

public class LedgerTests
{
    private static readonly TransformerLm Model = new(Small.Config with { TieHead = false }, new Generator(1));
    private const double C = 16, T = 10, V = 12;
    private const double Matrices = 2 * 2 * 12 * C * C, Attention = 2 * 4 * T * C, Head = 2 * C * V;   // two layers

    [Fact]
    public void The_critical_path_is_the_most_expensive_chain_of_stages_that_need_one_another()
    {
        Stage Named(string name, params string[]? needs) => new(name, new CausalLm(), Model.Parts, 1) { Needs = needs };
        Stage[] stages = [Named("words", []), Named("other", []), Named("body", "words"), Named("head", null),
            Named("probe", "other", "words")];
        Assert.Equal(8, Ledger.CriticalPath(stages, [3, 5, 4, 1, 2])); // words 3, body 7, head 8; other 5, probe 7
        Assert.Equal(13, Ledger.CriticalPath(stages, [3, 5, 4, 1, 8])); // other 5, probe 13
        Assert.Equal(15, Ledger.CriticalPath([.. stages.Select(s => s with { Needs = null })], [3, 5, 4, 1, 2]));
    }

    [Fact]
    public void Training_everything_costs_three_forward_passes() =>
        Assert.Equal(3 * (Matrices + Attention + Head), Ledger.FlopsPerToken(Model, Model.Parts, (int)T));

    [Fact]
    public void Training_the_head_alone_needs_no_gradient_below_it() =>
        Assert.Equal(Matrices + Attention + 2 * Head, Ledger.FlopsPerToken(Model, [Model.Head], (int)T));

    [Fact]
    public void Training_the_embedding_alone_passes_gradients_through_everything_but_makes_none_for_other_matrices() =>
        Assert.Equal(2 * (Matrices + Head) + 3 * Attention, Ledger.FlopsPerToken(Model, [Model.Embedding], (int)T));

    [Fact]
    public void Training_the_body_alone_passes_gradients_down_to_its_first_norm() =>
        Assert.Equal(3 * Matrices + 3 * Attention + 2 * Head, Ledger.FlopsPerToken(Model, [Model.Body], (int)T));

    private static double Flops(ModelConfig config, params IReadOnlyList<string> parts)
    {
        using var model = config.Build(new Generator(1));
        return Ledger.FlopsPerToken(model, [.. model.Parts.Where(p => parts.Contains(p.Name))], new(T, S));
    }

    [Theory]
    [InlineData("embedding", "body", "head")]
    [InlineData("body")]
    [InlineData("head")]
    public void Layers_that_share_all_weights_cost_what_layers_of_their_own_cost(params string[] trained)
    {
        var shared = Small.Config with { AttentionOf = LayerPattern.Cycle(1, 2),
            FeedForwardOf = LayerPattern.Cycle(1, 2), TieHead = false };
        Assert.Equal(Flops(Model.Config, trained), Flops(shared, trained));
    }

    /// <summary>Texts of 3, 5 and 9 tokens.</summary>
    private static readonly Corpus Texts = Corpus.OfDocuments([[1, 2, 3], [4, 5, 6, 7, 8],
        [1, 2, 3, 4, 5, 6, 7, 8, 9]], start: 0);

    [Fact]
    public void Attention_is_counted_at_each_texts_own_length()
    {
        const double squares = 3 * 3 + 5 * 5 + 9 * 9;
        const double expected = 3 * ((Matrices + Head) * (3 + 5 + 9) + 2 * 4 * C * squares);
        Assert.Equal(expected, Ledger.Counter(Model, Model.Parts)(Texts.Extents([0, 1, 2])));
        Assert.Equal(0, Ledger.Counter(Model, Model.Parts)([0]));
    }

    [Fact]
    public void A_run_counts_its_texts_as_often_as_it_reads_them_and_is_predicted_so()
    {
        var data = new Dataset("texts", "hash", (int)V, Start: 0, Texts, Texts);
        using var model = Small.Config.Build(new Generator(1));
        var strategy = new Joint();
        var options = new TrainingOptions { BatchRows = 3, Evaluations = 1 };
        var result = new Trainer("test", model, data, options, new Generator(1))
            .Train(strategy.Stages(model, Small.Plan(2 * Texts.Tokens, new Schedule(), data)), _ => { });
        var pass = Ledger.Counter(model, model.Parts)(Texts.Extents([0, 1, 2]));
        Assert.Equal((2 * Texts.Tokens, 2 * pass), (result.Tokens, result.Flops));
        var scale = Small.Scale with { TrainTokens = 2 * Texts.Tokens };
        var arm = new Trained("joint", strategy) { Size = _ => Small.Config };
        Assert.Equal(2 * pass, arm.Flops(scale, new(data)), 1e-3);
    }

    [Fact]
    public void A_translation_is_counted_at_its_own_length_and_that_of_its_source()
    {
        using var model = Translator.Build(new Generator(1));
        var corpus = Corpus.OfTranslations([new([1, 2], [3, 4, 5, 6]), new([1, 2, 3], [4, 5])], start: 0);
        double Forward(double T, double S) => S * (Matrices + 2 * 4 * S * C) + S * 2 * 2 * C * 2 * C
            + T * (Matrices + 2 * 4 * T * C) + T * 2 * (2 * 2 * C * C + 4 * S * C) + T * Head;
        Assert.Equal(3 * (Forward(4, 2) + Forward(2, 3)),
            Ledger.Counter(model, model.Parts)(corpus.Extents([0, 1])), 1e-6);
    }

    /// <summary>Sources of 7 tokens for targets of 10: what is computed for each source token counts 0.7 times a target
    /// token.</summary>
    private const double Ratio = 0.7, S = Ratio * T, Encoder = Ratio * (Matrices + 2 * 4 * S * C),
        KeysAndValues = Ratio * 2 * 2 * C * 2 * C;
    private const double Crossing = 2 * (2 * 2 * C * C + 4 * S * C), Decoder = Matrices + Attention;
    private static readonly ModelConfig Translator = Small.Translator with { TieHead = false };
    private static readonly string[] All = ["source", "encoder", "embedding", "body", "head"];

    [Fact]
    public void A_translator_costs_its_encoder_its_decoder_and_the_attention_between_them()
    {
        Assert.Equal(3 * (Encoder + KeysAndValues + Decoder + Crossing + Head), Flops(Translator, All), 1e-6);
        Assert.Equal(Encoder + KeysAndValues + Decoder + Crossing + 2 * Head, Flops(Translator, "head"), 1e-6);
        // no gradient passes into an encoder that does not train
        var frozen = Encoder + 2 * KeysAndValues + 3 * (Decoder + Crossing + Head);
        Assert.Equal(frozen, Flops(Translator, "embedding", "body", "head"), 1e-6);
    }

    /// <summary>Gradients pass to the source only through the attention to it, and to what lies below a layer only
    /// where something trains there.</summary>
    [Fact]
    public void In_a_translator_gradients_are_counted_on_the_ways_that_they_take()
    {
        using var model = Translator.Build(new Generator(1));
        const double Layer = (Decoder + Crossing + KeysAndValues) / 2;
        // what it reads of the source does not train
        var upper = Encoder + Layer + (3 * Layer - KeysAndValues / 2) + 3 * Head;
        Assert.Equal(upper, Ledger.FlopsPerToken(model, [.. model.Body.Parts.Skip(2), model.Head], new(T, S)), 1e-6);
        const double Own = 8 * C * C + 4 * T * C, Query = 2 * C * C, Mixing = 4 * S * C, After = 2 * C * C + 16 * C * C;
        // its own attention and its queries come before it sees the source
        var first = Own + Query + 3 * Mixing + 2 * After;
        var second = 2 * Own + 4 * T * C + 2 * Query + 3 * Mixing + 2 * After;
        Assert.Equal(3 * Encoder + 2 * KeysAndValues + first + second + 2 * Head,
            Flops(Translator, "source", "encoder"), 1e-6);
    }

    [Fact]
    public void A_recurrent_encoder_costs_its_matrices_for_each_source_token() =>
        Assert.Equal(3 * (Ratio * 2 * 2 * 2 * 3 * C * C + KeysAndValues + Decoder + Crossing + Head),
            Flops(Translator with { SourceArchitecture = Architecture.Gru }, All), 1e-6);

    [Fact]
    public void A_decoder_that_uses_the_encoders_layers_costs_what_a_decoder_of_its_own_costs()
    {
        Assert.Equal(Flops(Translator, All), Flops(Translator with { ShareEncoder = true }, All));
        Assert.Equal(Flops(Translator, "head"), Flops(Translator with { ShareEncoder = true }, "head"));
        // it has the gradients of both
        Assert.True(Flops(Translator, "source", "encoder") < Flops(Translator with { ShareEncoder = true }, "source",
            "encoder"));
    }

    /// <summary>Two layers whose keys and values are 8 channels wide and not 16.</summary>
    [Fact]
    public void Heads_that_share_keys_and_values_cost_less() =>
        Assert.Equal(3 * (Matrices - 2 * 2 * 2 * C * 8 + Attention + Head),
            Flops(Model.Config with { MultiQuery = true }, "embedding", "body", "head"));

    /// <summary>Factors [12, 4] and [16, 4]. Where the body alone trains, its first matrix passes no gradient
    /// on.</summary>
    [Fact]
    public void Both_factors_of_a_table_are_counted_where_they_are_multiplied()
    {
        var factorised = Small.Config with { VectorWidth = 4 };
        double widen = 2 * 4 * C, products = 2 * 4 * V;
        Assert.Equal(3 * (Matrices + Attention + 2 * widen + products), Flops(factorised, "embedding", "body", "head"));
        Assert.Equal(widen + 3 * Matrices + 3 * Attention + 2 * (widen + products), Flops(factorised, "body"));
        Assert.Equal(3 * (Matrices + Attention + widen + Head),
            Flops(factorised with { TieHead = false }, "embedding", "body", "head"));
    }
}
