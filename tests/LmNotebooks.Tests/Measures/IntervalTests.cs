using System.Globalization;
using FsCheck.Xunit;
using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tests.Measures;

public class IntervalTests
{
    private const int Draws = 2000, Seeds = 8;

    [Fact]
    public void The_interval_of_Students_sleep_data_is_the_published_one()
    {
        var interval = Interval.OfMean(Published.Sleep);
        Assert.Equal(-1.58, interval.Value, 1e-12);
        Assert.Equal(-2.4598858, interval.Low, 1e-7);
        Assert.Equal(-0.7001142, interval.High, 1e-7);
    }

    [Fact]
    public void It_is_written_with_its_ends_unless_no_digit_tells_them_apart()
    {
        var interval = new Interval(0.0914, 0.083, 0.0989);
        Assert.Equal("0.091 (0.083 to 0.099)", interval.ToString());
        Assert.Equal("0.09 (0.08 to 0.10)", string.Create(new CultureInfo("de"), $"{interval:F2}"));
        Assert.Equal("0.1", interval.ToString("F1"));
        Assert.Equal("1.362 (1.299 to Infinity)", new Interval(1.362, 1.299, double.PositiveInfinity).ToString());
    }

    [Fact]
    public void Over_seeds_it_is_students_and_of_one_seed_the_value()
    {
        Assert.Equal(Interval.OfMean([1, 2, 3]), Interval.OverSeeds([1, 2, 3]));
        Assert.Equal(new Interval(4, 4, 4), Interval.OverSeeds([4]));
        Assert.Throws<ArgumentException>(() => Interval.OverSeeds([]));
    }

    /// <summary>The p value is the level at which the interval just reaches zero.</summary>
    [Fact]
    public void At_the_level_of_the_published_p_value_it_ends_at_zero()
    {
        Assert.InRange(Interval.OfMean(Published.Sleep, level: 1 - 0.0028325).High, 0, 1e-3);
        Assert.InRange(Interval.OfMean(Published.Sleep, level: 1 - 0.0028335).High, -1e-3, 0);
    }

    /// <summary>1, 2, 3: mean 2, standard deviation 1, t(2 degrees of freedom, 97.5 %) = 4.3027.</summary>
    [Fact]
    public void The_prediction_interval_is_the_one_worked_by_hand()
    {
        var next = Interval.OfNext([1, 2, 3]);
        Assert.Equal(2, next.Value, 1e-12);
        Assert.Equal(4.3027 * Math.Sqrt(4 / 3.0), next.High - 2, 1e-3);
        Assert.Equal(4.3027 * Math.Sqrt(4 / 3.0), 2 - next.Low, 1e-3);
        Assert.Contains("at least two values", Assert.Throws<ArgumentException>(() => Interval.OfNext([1])).Message);
    }

    /// <summary>None of ten ends at 1 - .025^(1/10); the ends for two of eight are those of R's binom.test.</summary>
    [Theory]
    [InlineData(0, 10, 0, 0.30850)]
    [InlineData(10, 10, 0.69150, 1)]
    [InlineData(2, 8, 0.03185, 0.65086)]
    public void The_interval_of_a_share_is_that_of_Clopper_and_Pearson(int count, int of, double low, double high)
    {
        var interval = Interval.OfShare(count, of);
        Assert.Equal((double)count / of, interval.Value, 1e-12);
        Assert.Equal(low, interval.Low, 1e-5);
        Assert.Equal(high, interval.High, 1e-5);
        Assert.Contains("at least one run", Assert.Throws<ArgumentException>(() => Interval.OfShare(0, 0)).Message);
    }

    /// <summary>The definition: with an end as the true share, so many or more (so few or fewer) have half of what the
    /// level leaves out.</summary>
    [Property]
    public void At_its_ends_what_was_seen_is_just_not_a_surprise(byte count, byte of)
    {
        var (n, k) = (1 + of % 40, count % (2 + of % 40));
        var interval = Interval.OfShare(k, n);
        if (k > 0) Assert.Equal(0.025, 1 - Binomial.CDF(interval.Low, n, k - 1), 1e-6);
        if (k < n) Assert.Equal(0.025, Binomial.CDF(interval.High, n, k), 1e-6);
        Assert.InRange((double)k / n, interval.Low, interval.High);
    }

    [Theory]
    [InlineData(-1, 1, true)]
    [InlineData(-1.001, 0, false)]
    [InlineData(0.2, 1.001, false)]
    public void An_interval_is_within_a_margin_if_both_ends_are(double low, double high, bool within) =>
        Assert.Equal(within, new Interval(0, low, high).Within(1));

    [Fact]
    public void Of_2000_intervals_over_eight_seeds_95_in_a_hundred_cover_the_mean() =>
        Assert.InRange(Covered(values => Interval.OfMean(values), next: false), 0.935, 0.965);

    [Fact]
    public void Of_2000_prediction_intervals_over_eight_seeds_95_in_a_hundred_cover_the_ninth() =>
        Assert.InRange(Covered(values => Interval.OfNext(values), next: true), 0.935, 0.965);

    private static double Covered(Func<double[], Interval> interval, bool next)
    {
        var normal = new Normal(3, 2, new Xoshiro256StarStar(1));
        return Enumerable.Range(0, Draws).Count(_ =>
        {
            var made = interval([.. normal.Samples().Take(Seeds)]);
            var wanted = next ? normal.Sample() : normal.Mean;
            return made.Low <= wanted && wanted <= made.High;
        }) / (double)Draws;
    }
}
