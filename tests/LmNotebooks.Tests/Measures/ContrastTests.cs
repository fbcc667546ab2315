using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tests.Measures;

public class ContrastTests
{
    private static Contrast Of(string a, Claim claim, params double[] differences) =>
        new(a, "joint", claim, [.. differences.Select((d, seed) => new SeedPair(seed, 5 + d, 5))]);

    /// <summary>One contrast alone needs no adjustment: Student's sleep data as published.</summary>
    [Fact]
    public void A_contrast_alone_has_the_plain_interval_and_the_plain_p()
    {
        var result = Assert.Single(Contrast.JudgeAll(Of("first drug", new Claim(Side.Lower, 0.5), Published.Sleep)));
        Assert.Equal(-0.7001142, result.Difference.High, 1e-7);
        Assert.Equal((4 / 1024.0, 4 / 1024.0, Verdict.Supported), (result.P, result.AdjustedP, result.Verdict));
        Assert.Equal("first drug - joint: -1.58 (-2.46 to -0.7), p 0.0039, adjusted 0.0039: Supported", result.ToString());
    }

    /// <summary>Both intervals at 97.5 %; t(9 degrees of freedom, 98.75 %) = 2.6850. The p values are 4 / 1024 twice, and 1.</summary>
    [Fact]
    public void Two_contrasts_share_the_error_and_the_weaker_verdict_follows()
    {
        var results = Contrast.JudgeAll(Of("sleep", new Claim(Side.Lower, 0.6), Published.Sleep), Of("noise", Claim.Accuracy, 1, -1, 1, -1));
        Assert.Equal(-1.58 + 2.6850 * 1.58 / 4.0621, results[0].Difference.High, 1e-3);
        Assert.Equal(Verdict.Undecided, results[0].Verdict);   // -0.536 is not beyond the margin, the plain -0.700 would have been
        Assert.Equal([8 / 1024.0, 1], results.Select(r => r.AdjustedP));
        Assert.Equal(Verdict.Undecided, results[1].Verdict);
    }

    [Fact]
    public void A_harm_too_small_to_matter_is_equal_and_a_larger_one_refutes()
    {
        var results = Contrast.JudgeAll(Of("small", new Claim(Side.Lower, 1), 0.5, 0.6, 0.4, 0.5), Of("large", new Claim(Side.Lower, 0.1), 0.5, 0.6, 0.4, 0.5));
        Assert.Equal([Verdict.Equal, Verdict.Refuted], results.Select(r => r.Verdict));
    }

    [Fact]
    public void What_would_make_the_judgement_worthless_is_refused()
    {
        var contrast = Of("a", Claim.Accuracy, 1, 2, 3);
        Assert.Contains("planned", Assert.Throws<ArgumentException>(() => Contrast.JudgeAll([.. Enumerable.Repeat(contrast, 7)])).Message);
        var twice = contrast with { Pairs = [.. contrast.Pairs, contrast.Pairs[0]] };
        Assert.Contains("two pairs of the same seed", Assert.Throws<ArgumentException>(() => Contrast.JudgeAll(twice)).Message);
        Assert.Contains("diverged", Assert.Throws<ArgumentException>(() => Contrast.JudgeAll(Of("a", Claim.Accuracy, 1, double.NaN))).Message);
        Assert.Contains("at least two values", Assert.Throws<ArgumentException>(() => Contrast.JudgeAll(Of("a", Claim.Accuracy, 1))).Message);
    }

    /// <summary>Six contrasts whose true differences lie just beyond the margin, so that *equal* and *refuted* are false. Intervals by Holm's ranks
    /// cover all six in 86 to 92 % of these families, and 5 to 8 % of the families hold a false verdict.</summary>
    [Theory]
    [InlineData(2, 0.0)]
    [InlineData(5, 0.0)]
    [InlineData(5, 0.5)]
    public void A_family_holds_a_false_verdict_and_misses_a_mean_in_at_most_one_of_twenty(double marginInStandardErrors, double correlation)
    {
        const int seeds = 8, families = 2000;
        var claim = new Claim(Side.Higher, marginInStandardErrors / Math.Sqrt(seeds));
        var truth = claim.Margin + 1e-9;
        var normal = new Normal(0, 1, new Xoshiro256StarStar(4));
        var (covered, wrong) = (0, 0);
        for (var family = 0; family < families; family++)
        {
            double[] common = [.. normal.Samples().Take(seeds)];
            var results = Contrast.JudgeAll([.. Enumerable.Range(0, Contrast.Most).Select(arm => Of($"arm {arm}", claim,
                [.. common.Select(c => truth + Math.Sqrt(correlation) * c + Math.Sqrt(1 - correlation) * normal.Sample())]))]);
            covered += results.All(r => r.Difference.Low <= truth && truth <= r.Difference.High) ? 1 : 0;
            wrong += results.Any(r => r.Verdict is Verdict.Equal or Verdict.Refuted) ? 1 : 0;
        }
        Assert.InRange(covered / (double)families, 0.935, 0.975);
        Assert.InRange(wrong / (double)families, 0.001, 0.05);
    }
}
