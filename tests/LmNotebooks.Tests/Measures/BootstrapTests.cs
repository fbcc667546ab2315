using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tests.Measures;

public class BootstrapTests
{
    private static readonly (double Sum, double Count)[] Units =
        [.. Enumerable.Range(0, 50).Select(i => (i * i % 37 * 0.5, 1.0 + i % 3))];

    [Fact]
    public void The_value_is_the_ratio_of_the_sums_and_the_interval_depends_on_the_seed_alone()
    {
        var interval = Bootstrap.OfRatio(Units, seed: 3);
        Assert.Equal(Units.Sum(u => u.Sum) / Units.Sum(u => u.Count), interval.Value);
        Assert.Equal(interval, Bootstrap.OfRatio(Units, seed: 3));
        Assert.NotEqual(interval, Bootstrap.OfRatio(Units, seed: 4));
    }

    [Fact]
    public void Units_that_all_have_the_same_ratio_leave_no_doubt() =>
        Assert.Equal(new Interval(2, 2, 2), Bootstrap.OfRatio([.. Enumerable.Range(1, 30)
            .Select(i => (2.0 * i, (double)i))], seed: 1));

    /// <summary>Committed notebook outputs were made with these numbers: another order of draws would change them
    /// all.</summary>
    [Fact]
    public void The_draws_are_those_they_have_always_been()
    {
        var interval = Bootstrap.OfRatio(Units, seed: 1);
        Assert.Equal(3.459962677978363, interval.Low, 1e-12);
        Assert.Equal(5.345744680851064, interval.High, 1e-12);
    }

    [Fact]
    public void Of_200_intervals_over_a_hundred_documents_about_190_cover_the_mean()
    {
        var documents = new Exponential(0.5, new Xoshiro256StarStar(5));
        var covered = Enumerable.Range(0, 200).Select(i =>
            Bootstrap.OfRatio([.. documents.Samples().Take(100).Select(x => (x, 1.0))], i))
            .Count(b => b.Low <= 2 && 2 <= b.High);
        Assert.InRange(covered, 178, 198);   // 190 on paper, a few less for skewed values; 3 standard deviations are 9
    }
}
