using FsCheck.Xunit;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Models;

public class NgramTests
{
    /// <summary>Documents "2 3" and "2 4", vocabulary of 5. Unigram: 4 tokens, 3 different: P(2) = (2 + 3/5) / 7. After 2: two tokens, two
    /// different: P(3 | 2) = (1 + 2 P(3)) / 4 with P(3) = (1 + 3/5) / 7.</summary>
    [Fact]
    public void Probabilities_are_those_worked_by_hand()
    {
        var model = NgramModel.Fit(2, 5, [[2, 3], [2, 4]]);
        double three = (1 + 3 / 5.0) / 7;
        Assert.Equal((1 + 2 * three) / 4, model.Next([2])[3], 1e-12);
        Assert.Equal((2 + 3 / 5.0) / 7, NgramModel.Fit(1, 5, [[2, 3], [2, 4]]).Next([])[2], 1e-12);
        Assert.Equal(model.Next([2])[4], Math.Exp(model.LogProbabilities([[2, 4]])[0][1]), 1e-12);
    }

    /// <summary>Documents "2 3 3" and "2 4", vocabulary of 5. Bigrams: 0 2 twice, 2 3, 3 3, 2 4: n1 = 3, n2 = 1, D = 3/5. Different tokens
    /// before 2: one, before 3: two, before 4: one: n1 = 2, n2 = 1, D = 1/2, so that P(3) = (2 - 1/2 + 3/2 x 1/5) / 4 and
    /// P(3 | 2) = (1 - 3/5 + 3/5 x 2 P(3)) / 2.</summary>
    [Fact]
    public void Kneser_Ney_probabilities_are_those_worked_by_hand()
    {
        var model = NgramModel.Fit(2, 5, [[2, 3, 3], [2, 4]], smoothing: Smoothing.KneserNey);
        double three = (1.5 + 1.5 / 5) / 4, one = 1.5 / 5 / 4;
        Assert.Equal((0.4 + 1.2 * three) / 2, model.Next([2])[3], 1e-12);
        Assert.Equal(1.2 * one / 2, model.Next([2])[1], 1e-12);     // never seen
        Assert.Equal(three, model.Next([4])[3], 1e-12);             // nothing seen after 4
        Assert.Equal((1.4 + 0.6 * (0.5 + 1.5 / 5) / 4) / 2, model.Next([])[2], 1e-12);
    }

    [Property(MaxTest = 100)]
    public bool Every_context_has_a_distribution_that_sums_to_one(byte[] text, byte[] prefix, byte order, bool kneserNey)
    {
        var smoothing = kneserNey ? Smoothing.KneserNey : Smoothing.WittenBell;
        var model = NgramModel.Fit(order % 4 + 1, 8, [[.. text.Select(b => b % 8)]], smoothing: smoothing);
        return Math.Abs(model.Next([.. prefix.Select(b => b % 8)]).Sum() - 1) < 1e-9;
    }

    [Fact]
    public void With_much_text_a_bigram_model_finds_the_entropy_of_a_bigram_language()
    {
        var loss = -NgramModel.Fit(2, Small.Vocabulary, Small.Documents(5000, 3)).LogProbabilities(Small.Documents(500, 4)).Average(d => d.Skip(1).Average());
        Assert.Equal(Math.Log(2), loss, 0.01);
    }

    [Fact]
    public void An_order_beyond_four_is_refused() =>
        Assert.Contains("1 to 4", Assert.Throws<ArgumentException>(() => NgramModel.Fit(5, 8, [])).Message);
}
