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
}
