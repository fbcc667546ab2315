using FsCheck.Xunit;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Models;

public class NgramTests
{
    /// <summary>Documents "2 3" and "2 4", vocabulary of 5. Unigram: 4 tokens, 3 different: P(2) = (2 + 3/5) / 7. After
    /// 2: two tokens, two different: P(3 | 2) = (1 + 2 P(3)) / 4 with P(3) = (1 + 3/5) / 7.</summary>
    [Fact]
    public void Probabilities_are_those_worked_by_hand()
    {
        var model = NgramModel.Fit(2, 5, [[2, 3], [2, 4]]);
        double three = (1 + 3 / 5.0) / 7;
        Assert.Equal((1 + 2 * three) / 4, model.Next([2])[3], 1e-12);
        Assert.Equal((2 + 3 / 5.0) / 7, NgramModel.Fit(1, 5, [[2, 3], [2, 4]]).Next([])[2], 1e-12);
        Assert.Equal(model.Next([2])[4], Math.Exp(model.LogProbabilities([[2, 4]])[0][1]), 1e-12);
    }

    /// <summary>Documents "2 3 3" and "2 4", vocabulary of 5. Bigrams: 0 2 twice, 2 3, 3 3, 2 4: n1 = 3, n2 = 1, D =
    /// 3/5. Different tokens before 2: one, before 3: two, before 4: one: n1 = 2, n2 = 1, D = 1/2, so that P(3) = (2 -
    /// 1/2 + 3/2 x 1/5) / 4 and P(3 | 2) = (1 - 3/5 + 3/5 x 2 P(3)) / 2.</summary>
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

    /// <summary>Documents "2 3 3" four times and "4 3", vocabulary of 5. Times: 2 3 and 3 3 four, 0 4 and 4 3 one.
    /// Trigrams 0 0 2, 0 2 3 and 2 3 3 four times, 0 0 4 and 0 4 3 once: n1 = 2, n2 = 0, D = 1. Different tokens before
    /// each bigram: one, D = 1. Before 2: one, before 3: three (2, 3 and 4), before 4: one: n1 = 2, n2 = 0, D = 1, so
    /// that P(3) = (3 - 1 + 3/5) / 5; P(3 | 3) = (1 - 1 + P(3)) / 1.</summary>
    [Fact]
    public void Lower_orders_of_Kneser_Ney_count_the_different_tokens_before_and_not_the_times()
    {
        var model = NgramModel.Fit(3, 5, [[2, 3, 3], [2, 3, 3], [2, 3, 3], [2, 3, 3], [4, 3]],
            smoothing: Smoothing.KneserNey);
        var three = 2.6 / 5;
        Assert.Equal(three, model.Next([4, 3])[3], 1e-12);               // nothing seen after 4 3: as after 3
        Assert.Equal((3 + three) / 4, model.Next([2, 3])[3], 1e-12);
    }

    /// <summary>Once 2, twice 3: n1 = 1, n2 = 1, D = 1/3.</summary>
    [Fact]
    public void A_unigram_model_of_Kneser_and_Ney_counts_times() =>
        Assert.Equal((2 - 1 / 3.0 + 2 / 3.0 / 5) / 3, NgramModel.Fit(1, 5, [[3, 2, 3]], smoothing: Smoothing.KneserNey)
            .Next([])[3], 1e-12);

    [Property(MaxTest = 100)]
    public bool Kneser_Ney_is_its_definition_at_every_order(byte[][] texts, byte[] prefix, byte order)
    {
        int[][] documents = [.. texts.Select(text => text.Select(b => 1 + b % 4).ToArray())];
        var n = order % 4 + 1;
        var next = NgramModel.Fit(n, 5, documents, smoothing: Smoothing.KneserNey)
            .Next([.. prefix.Select(b => 1 + b % 4)]);
        string history = new('0', n - 1), padded = history + string.Concat(prefix.Select(b => 1 + b % 4));
        return next.Index().All(p => Math.Abs(p.Item - Defined(n, documents, padded[^(n - 1)..], p.Index)) < 1e-9);
    }

    /// <summary>P(w | h) with texts as strings of digits, every n-gram looked up among all.</summary>
    private static double Defined(int n, int[][] documents, string h, int w)
    {
        string[] Grams(int length) => [.. from d in documents
            let text = new string('0', n - 1) + string.Concat(d)
            from end in Enumerable.Range(n, d.Length)
            select text[(end - length)..end]];
        var p = 1.0 / 5;
        for (var k = 0; k < n; k++)
        {
            var counts = (k == n - 1 ? Grams(n) : Grams(k + 2).Distinct().Select(g => g[1..])).CountBy(g => g)
                .ToDictionary();
            double n1 = counts.Values.Count(c => c == 1), n2 = counts.Values.Count(c => c == 2), D = n1 == 0 ? 0.5
                : n1 / (n1 + 2 * n2);
            var after = counts.Where(c => c.Key[..^1] == h[^k..]).ToDictionary();
            if (after.Count == 0) break;
            p = (Math.Max(after.GetValueOrDefault(h[^k..] + w) - D, 0) + D * after.Count * p) / after.Values.Sum();
        }
        return p;
    }

    [Property(MaxTest = 100)]
    public bool Every_context_has_a_distribution_that_sums_to_one(byte[] text, byte[] prefix, byte order,
        bool kneserNey)
    {
        var smoothing = kneserNey ? Smoothing.KneserNey : Smoothing.WittenBell;
        var model = NgramModel.Fit(order % 4 + 1, 8, [[.. text.Select(b => b % 8)]], smoothing: smoothing);
        return Math.Abs(model.Next([.. prefix.Select(b => b % 8)]).Sum() - 1) < 1e-9;
    }

    [Fact]
    public void With_much_text_a_bigram_model_finds_the_entropy_of_a_bigram_language()
    {
        var loss = -NgramModel.Fit(2, Small.Vocabulary, Small.Documents(5000, 3))
            .LogProbabilities(Small.Documents(500, 4)).Average(d => d.Skip(1).Average());
        Assert.Equal(Math.Log(2), loss, 0.01);
    }

    [Fact]
    public void An_order_beyond_four_is_refused() =>
        Assert.Contains("1 to 4", Assert.Throws<ArgumentException>(() => NgramModel.Fit(5, 8, [])).Message);
}
