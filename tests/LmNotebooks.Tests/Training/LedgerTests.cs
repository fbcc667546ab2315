using LmNotebooks.Models;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

public class LedgerTests
{
    private static readonly TransformerLm Model = new(Small.Config with { TieHead = false }, new Generator(1));
    private const double C = 16, T = 10, V = 12;
    private const double Matrices = 2 * 2 * 12 * C * C, Attention = 2 * 4 * T * C, Head = 2 * C * V;   // two layers

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
