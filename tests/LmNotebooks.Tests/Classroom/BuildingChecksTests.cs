using LmNotebooks.Classroom;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Classroom;

/// <summary>The exercises on the inside of a Transformer: right answers of several shapes are accepted, likely wrong
/// ones are not, and no answer is told.</summary>
public class BuildingChecksTests
{
    private static Tensor Mix(Tensor q, Tensor k, Tensor v, Tensor mask) =>
        (q.matmul(k.transpose(-2, -1)) / tensor(Math.Sqrt(q.size(-1))) + mask.log()).softmax(-1).matmul(v);

    private static Tensor Lower(Tensor q, long diagonal = 0) => ones(q.size(-2), q.size(-2)).tril(diagonal);

    [Theory]
    [InlineData(28272, Outcome.Right, "right")]
    [InlineData(double.NaN, Outcome.Open, "yours to find")]
    [InlineData(27648, Outcome.NotYet, "matrices alone")]
    [InlineData(28080, Outcome.NotYet, "layer norms")]
    [InlineData(27840, Outcome.NotYet, "biases")]
    [InlineData(28000, Outcome.NotYet, "larger")]
    [InlineData(30000, Outcome.NotYet, "smaller")]
    public void The_number_of_weights_is_counted(double answer, Outcome outcome, string says)
    {
        var result = BuildingChecks.WeightsOfBlock(answer, width: 48);
        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(says, result.Message);
        Assert.DoesNotContain("28", result.Message);
    }

    [Fact]
    public void A_window_of_three_words_is_recognised_in_every_shape()
    {
        Func<long, Tensor?>[] right =
        [
            T => ones(T, T).tril().triu(-2), T => ones(T, T).triu(-2).tril(),
            T => ones(T, T, @bool).tril() & ones(T, T, @bool).triu(-2), T => ones(T, T).tril() - ones(T, T).tril(-3),
        ];
        Assert.All(right, window => Assert.Equal(Outcome.Right, BuildingChecks.Window(window).Outcome));
    }

    [Fact]
    public void A_wrong_window_is_told_what_it_sees()
    {
        (Func<long, Tensor?> Window, string Says)[] wrong =
        [
            (T => ones(T, T).tril(), "3 places before"), (T => ones(T, T).triu(-2), "a later one"),
            (T => ones(T, T).tril().triu(-1), "does not see the one 2 before"),
            (T => ones(T, T).tril(-1).triu(-2), "does not see itself"), (T => ones(T), "T rows"),
            (T => ones(T, T).tril().triu(-3), "3 places before"), (_ => throw new FormatException("Oh."), "Oh."),
        ];
        Assert.All(wrong, answer => Assert.Contains(answer.Says, BuildingChecks.Window(answer.Window).Message));
        Assert.Equal(Outcome.Open, BuildingChecks.Window(_ => null).Outcome);
    }

    [Fact]
    public void Attention_with_shared_keys_is_compared_with_the_definition()
    {
        Func<Tensor, Tensor, Tensor, Tensor?>[] right =
        [
            (q, k, v) => Mix(q, k.unsqueeze(1), v.unsqueeze(1), Lower(q)),
            (q, k, v) => Mix(q, k.unsqueeze(1).expand(-1, q.size(1), -1, -1), v.unsqueeze(1), Lower(q)),
            (q, k, v) => stack(q.unbind(1).Select(head => Mix(head, k, v, Lower(head))), 1),
        ];
        Assert.All(right, answer => Assert.Equal(Outcome.Right, BuildingChecks.MultiQuery(answer).Outcome));
    }

    [Fact]
    public void Wrong_attention_with_shared_keys_is_told_its_fault()
    {
        (Func<Tensor, Tensor, Tensor, Tensor?> Answer, string Says)[] wrong =
        [
            ((q, k, v) => Mix(q, k.unsqueeze(1), v.unsqueeze(1), ones_like(Lower(q))), "mask is missing"),
            ((q, k, v) => Mix(q, k.unsqueeze(1), v.unsqueeze(1), Lower(q, 1)), "the next one"),
            ((q, k, v) => (q.matmul(k.unsqueeze(1).transpose(-2, -1)) + Lower(q).log()).softmax(-1)
                .matmul(v.unsqueeze(1)), "not scaled"),
            ((_, _, v) => v, "shape"), ((q, _, _) => q, "differs"), ((q, k, v) => q.matmul(k), "cannot be tried"),
        ];
        Assert.All(wrong, answer =>
        {
            var result = BuildingChecks.MultiQuery(answer.Answer);
            Assert.Equal(Outcome.NotYet, result.Outcome);
            Assert.Contains(answer.Says, result.Message);
        });
        Assert.Equal(Outcome.Open, BuildingChecks.MultiQuery((_, _, _) => null).Outcome);
    }

    [Fact]
    public void The_leak_is_open_until_it_is_mended()
    {
        Assert.Equal(Outcome.Open, BuildingChecks.NoLeak((q, k, v) => Mix(q, k, v, Lower(q, 1))).Outcome);
        Assert.Equal(Outcome.Right, BuildingChecks.NoLeak((q, k, v) => Mix(q, k, v, Lower(q))).Outcome);
        Assert.Equal(Outcome.Right,
            BuildingChecks.NoLeak((q, k, v) => Mix(q, k, v, Lower(q).transpose(0, 1).t())).Outcome);
        Assert.Contains("see itself", BuildingChecks.NoLeak((q, k, v) => Mix(q, k, v, Lower(q, -1))).Message);
        Assert.Contains("mask is missing",
            BuildingChecks.NoLeak((q, k, v) => Mix(q, k, v, ones_like(Lower(q)))).Message);
    }
}
