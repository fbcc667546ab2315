using LmNotebooks.Models;
using LmNotebooks.Objectives;
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
        Stage[] stages = [Named("words", []), Named("other", []), Named("body", "words"), Named("head", null), Named("probe", "other", "words")];
        Assert.Equal(8, Ledger.CriticalPath(stages, [3, 5, 4, 1, 2]));                                     // words 3, body 7, head 8; other 5, probe 7
        Assert.Equal(13, Ledger.CriticalPath(stages, [3, 5, 4, 1, 8]));                                    // other 5, probe 13
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
    public void Training_the_body_alone_makes_no_gradient_for_what_its_first_matrix_reads() =>
        Assert.Equal(3 * Matrices - 2 * 3 * C * C + 3 * Attention + 2 * Head, Ledger.FlopsPerToken(Model, [Model.Body], (int)T));

    private static double Flops(ModelConfig config, params IReadOnlyList<string> parts)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        return Ledger.FlopsPerToken(model, [.. model.Parts.Where(p => parts.Contains(p.Name))], (int)T);
    }

    [Theory]
    [InlineData("embedding", "body", "head")]
    [InlineData("body")]
    [InlineData("head")]
    public void Layers_that_share_all_weights_cost_what_layers_of_their_own_cost(params string[] trained)
    {
        var shared = Small.Config with { AttentionOf = LayerPattern.Cycle(1, 2), FeedForwardOf = LayerPattern.Cycle(1, 2), TieHead = false };
        Assert.Equal(Flops(Model.Config, trained), Flops(shared, trained));
    }

    /// <summary>Two layers whose keys and values are 8 channels wide and not 16.</summary>
    [Fact]
    public void Heads_that_share_keys_and_values_cost_less() =>
        Assert.Equal(3 * (Matrices - 2 * 2 * 2 * C * 8 + Attention + Head), Flops(Model.Config with { MultiQuery = true }, "embedding", "body", "head"));

    /// <summary>Factors [12, 4] and [16, 4]. Where the body alone trains, its first matrix passes no gradient on.</summary>
    [Fact]
    public void Both_factors_of_a_table_are_counted_where_they_are_multiplied()
    {
        var factorised = Small.Config with { VectorWidth = 4 };
        double widen = 2 * 4 * C, products = 2 * 4 * V;
        Assert.Equal(3 * (Matrices + Attention + 2 * widen + products), Flops(factorised, "embedding", "body", "head"));
        Assert.Equal(widen + 3 * Matrices - 2 * 3 * C * C + 3 * Attention + 2 * (widen + products), Flops(factorised, "body"));
        Assert.Equal(3 * (Matrices + Attention + widen + Head), Flops(factorised with { TieHead = false }, "embedding", "body", "head"));
    }
}
