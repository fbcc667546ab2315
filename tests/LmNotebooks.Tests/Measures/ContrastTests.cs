using FsCheck.Xunit;
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
    public void A_contrast_alone_has_the_plain_interval()
    {
        var result = Assert.Single(Contrast.JudgeAll(Of("first drug", new Claim(Side.Lower, 0.5), Published.Sleep)));
        Assert.Equal(-0.7001142, result.Difference.High, 1e-7);
        Assert.Equal((9, Verdict.Supported), (result.SameSign, result.Verdict));   // one of the ten did not differ
        Assert.Equal("first drug - joint: -1.58 (-2.46 to -0.7), 9 of 10 with this sign: Supported",
            result.ToString());
    }

    /// <summary>Both intervals at 97.5 %; t(9 degrees of freedom, 98.75 %) = 2.6850.</summary>
    [Fact]
    public void Two_contrasts_share_the_error_and_the_weaker_verdict_follows()
    {
        var results = Contrast.JudgeAll(Of("sleep", new Claim(Side.Lower, 0.6), Published.Sleep),
            Of("noise", Claim.Accuracy, 1, -1, 1, -1));
        Assert.Equal(-1.58 + 2.6850 * 1.58 / 4.0621, results[0].Difference.High, 1e-3);
        // -0.536 is not beyond the margin, the plain -0.700 would have been
        Assert.Equal(Verdict.Undecided, results[0].Verdict);
        Assert.Equal(Verdict.Undecided, results[1].Verdict);
    }

    [Fact]
    public void A_harm_too_small_to_matter_is_equal_and_a_larger_one_refutes()
    {
        var results = Contrast.JudgeAll(Of("small", new Claim(Side.Lower, 1), 0.5, 0.6, 0.4, 0.5),
            Of("large", new Claim(Side.Lower, 0.1), 0.5, 0.6, 0.4, 0.5));
        Assert.Equal([Verdict.Equal, Verdict.Refuted], results.Select(r => r.Verdict));
    }

    [Fact]
    public void What_would_make_the_judgement_worthless_is_refused()
    {
        var contrast = Of("a", Claim.Accuracy, 1, 2, 3);
        Assert.Contains("planned", Assert.Throws<ArgumentException>(() =>
            Contrast.JudgeAll([.. Enumerable.Repeat(contrast, 7)])).Message);
        var twice = contrast with { Pairs = [.. contrast.Pairs, contrast.Pairs[0]] };
        Assert.Contains("two pairs of the same seed", Assert.Throws<ArgumentException>(() => Contrast.JudgeAll(twice))
            .Message);
        Assert.Contains("diverged", Assert.Throws<ArgumentException>(() =>
            Contrast.JudgeAll(Of("a", Claim.Accuracy, 1, double.NaN))).Message);
        Assert.Contains("at least two values", Assert.Throws<ArgumentException>(() =>
            Contrast.JudgeAll(Of("a", Claim.Accuracy, 1))).Message);
    }

    /// <summary>The claim is a lower A, by more than 1. The bounds alone would be judged as in the second
    /// column.</summary>
    [Theory]
    [InlineData(-3, Verdict.Supported, Verdict.Undecided, Verdict.Supported)]
    [InlineData(3, Verdict.Refuted, Verdict.Refuted, Verdict.Undecided)]
    [InlineData(1, Verdict.Undecided, Verdict.Undecided, Verdict.Undecided)]
    [InlineData(0, Verdict.Equal, Verdict.Undecided, Verdict.Undecided)]
    [InlineData(0.5, Verdict.Equal, Verdict.Undecided, Verdict.Undecided)]
    [InlineData(-1, Verdict.Undecided, Verdict.Undecided, Verdict.Undecided)]
    public void A_bound_decides_only_what_no_larger_number_in_its_place_can_turn(double difference, Verdict bounds,
        Verdict aCensored, Verdict bCensored)
    {
        var contrast = Of("a", new Claim(Side.Lower, 1), difference - 0.1, difference, difference + 0.1, difference);
        ContrastResult Judged(params (bool A, bool B)[] pairs) => Contrast.JudgeAll(contrast with
        {
            Pairs = [.. contrast.Pairs.Select((p, i) => i < pairs.Length
                ? p with { ACensored = pairs[i].A, BCensored = pairs[i].B } : p)],
        })[0];
        Assert.Equal([bounds, aCensored, bCensored],
            new[] { Judged(), Judged((true, false)), Judged((false, true)) }.Select(r => r.Verdict));
        Assert.Equal([Verdict.Undecided, Verdict.Undecided],
            new[] { Judged((true, true)), Judged((true, false), (false, true)) }.Select(r => r.Verdict));
        Assert.Equal((true, false), (double.IsInfinity(Judged((true, false)).Difference.High),
            double.IsInfinity(Judged((true, false)).Difference.Low)));
        Assert.Equal((false, true), (double.IsInfinity(Judged((false, true)).Difference.High),
            double.IsInfinity(Judged((false, true)).Difference.Low)));
    }

    /// <summary>Whatever the censored runs would have reached, longer runs that are still censored or have
    /// arrived.</summary>
    [Property(MaxTest = 2000)]
    public void Larger_numbers_in_the_place_of_bounds_never_contradict_a_verdict(bool higher, sbyte centre,
        byte[] noise, byte[] raises, ushort whichA, ushort whichB, bool arrive)
    {
        var pairs = noise.Take(8).Select((n, seed) => new SeedPair(seed, centre + n / 8.0, 16)
        {
            ACensored = (whichA >> seed & 1) > 0, BCensored = (whichB >> seed + 8 & 3) == 3,
        }).ToList();
        if (pairs.Count < 2) return;
        var raised = pairs.Select((p, i) => (Pair: p, By: raises.ElementAtOrDefault(i))).Select(p => p.Pair with
        {
            A = p.Pair.A + (p.Pair.ACensored ? p.By : 0), B = p.Pair.B + (p.Pair.BCensored ? p.By : 0),
            ACensored = p.Pair.ACensored && !arrive, BCensored = p.Pair.BCensored && !arrive,
        });
        var contrast = new Contrast("a", "b", new Claim(higher ? Side.Higher : Side.Lower, 16), pairs);
        var (before, after) = (Contrast.JudgeAll(contrast)[0],
            Contrast.JudgeAll(contrast with { Pairs = [.. raised] })[0]);
        Assert.True(before.Verdict switch
        {
            Verdict.Supported => after.Verdict is Verdict.Supported or Verdict.Undecided,
            Verdict.Refuted => after.Verdict is Verdict.Refuted or Verdict.Undecided,
            Verdict.Equal => pairs.All(p => p is { ACensored: false, BCensored: false }),
            _ => true,
        }, $"{before} then {after}");
    }

    /// <summary>Six contrasts whose true differences lie just beyond the margin, so that *equal* and *refuted* are
    /// false.</summary>
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
                [.. common.Select(c => truth + Math.Sqrt(correlation) * c + Math.Sqrt(1 - correlation)
                    * normal.Sample())]))]);
            covered += results.All(r => r.Difference.Low <= truth && truth <= r.Difference.High) ? 1 : 0;
            wrong += results.Any(r => r.Verdict is Verdict.Equal or Verdict.Refuted) ? 1 : 0;
        }
        Assert.InRange(covered / (double)families, 0.935, 0.975);
        Assert.InRange(wrong / (double)families, 0.001, 0.05);
    }

    /// <summary>Two of eight against eight of eight, alone: at 97.5 % each, from tables of the beta distribution.
    /// </summary>
    [Fact]
    public void Shares_of_runs_are_compared_by_the_intervals_of_Clopper_and_Pearson()
    {
        var pairs = Enumerable.Range(0, 8).Select(seed => new SeedPair(seed, seed < 2 ? 1 : 0, 1));
        var contrast = new Contrast("shared", "unshared", Claim.Share, [.. pairs]) { OfShares = true };
        var result = Assert.Single(Contrast.JudgeAll(contrast));
        Assert.Equal(-0.75, result.Difference.Value, 1e-12);
        Assert.Equal(Interval.OfShare(2, 8, 0.975).High - Interval.OfShare(8, 8, 0.975).Low, result.Difference.High,
            1e-12);
        Assert.Equal((6, Verdict.Undecided), (result.SameSign, result.Verdict));
    }
}
