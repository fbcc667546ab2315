using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tests.Measures;

public class SignFlipTests
{
    /// <summary>Fisher 1935, section 21: of 32,768 patterns 863 have a sum of 314 or more, and as many one of -314 or
    /// less.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]   // not exact in binary, so that equal sums differ in their last digits
    [InlineData(1e-7)]
    public void Darwins_maize_has_the_p_value_that_Fisher_counted(double unit) =>
        Assert.Equal(2 * 863 / 32768.0, SignFlip.P([.. Published.Maize.Select(d => d * unit)]), 1e-12);

    /// <summary>No difference is positive and one is zero: only all signs as they are or all turned, times two for the
    /// zero, of 2^10.</summary>
    [Fact]
    public void Students_sleep_data_have_4_patterns_of_1024() => Assert.Equal(4 / 1024.0, SignFlip.P(Published.Sleep));

    [Fact]
    public void Eight_seeds_of_one_mind_have_the_smallest_p_there_is() =>
        Assert.Equal(2 / 256.0, SignFlip.P([1, 2, 3, 4, 5, 6, 7, 8]));

    /// <summary>1, 2, -3 sums to zero, and no pattern is nearer.</summary>
    [Fact]
    public void Differences_that_cancel_have_p_one() => Assert.Equal(1, SignFlip.P([1, 2, -3]));

    [Fact]
    public void Twenty_differences_are_enumerated_and_more_are_refused()
    {
        Assert.Equal(2 / 1048576.0, SignFlip.P([.. Enumerable.Repeat(1.0, 20)]));
        Assert.Contains("there are 21", Assert.Throws<ArgumentException>(() => SignFlip.P(new double[21])).Message);
        Assert.Contains("there are 0", Assert.Throws<ArgumentException>(() => SignFlip.P([])).Message);
        Assert.Contains("diverged", Assert.Throws<ArgumentException>(() => SignFlip.P([1, double.NaN])).Message);
    }

    [Property]
    public bool It_does_not_matter_which_arm_is_called_first_nor_the_order_nor_the_unit(NonEmptyArray<short> tenths,
        PositiveInt unit)
    {
        double[] differences = [.. tenths.Get.Take(10).Select(d => d * 0.1)];
        var p = SignFlip.P(differences);
        return p == SignFlip.P([.. differences.Select(d => -d)]) && p == SignFlip.P([.. differences.Reverse()])
            && p == SignFlip.P([.. differences.Select(d => d * unit.Get)]);
    }

    [Property]
    public bool It_is_at_least_what_the_observed_pattern_and_its_mirror_weigh_and_at_most_one(NonEmptyArray<short> tenths)
    {
        double[] differences = [.. tenths.Get.Take(10).Select(d => d * 0.1)];
        return SignFlip.P(differences) is var p && p >= 2 / Math.Pow(2, differences.Length) && p <= 1;
    }

    [Fact]
    public void Where_the_arms_do_not_differ_p_is_below_a_level_as_often_as_the_level_says()
    {
        var noise = new StudentT(0, 1, 3, new Xoshiro256StarStar(2));   // symmetric and far from normal
        double[] p = [.. Enumerable.Range(0, 2000).Select(_ => SignFlip.P([.. noise.Samples().Take(8)]))];
        // 12 / 256 is the largest p below 0.05 that eight seeds can have.
        Assert.All([12 / 256.0, 64 / 256.0, 128 / 256.0], level =>
            Assert.Equal(level, p.Count(v => v <= level) / 2000.0, 3 * Math.Sqrt(level * (1 - level) / 2000)));
        Assert.Equal(p.Count(v => v <= 12 / 256.0), p.Count(v => v <= 0.05));
    }
}
