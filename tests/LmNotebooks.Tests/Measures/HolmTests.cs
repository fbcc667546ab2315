using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace LmNotebooks.Tests.Measures;

public class HolmTests
{
    /// <summary>By hand: 0.005 x 4, 0.01 x 3, 0.03 x 2, and 0.04 x 1 raised to the one before.</summary>
    [Fact]
    public void Four_p_values_are_adjusted_as_by_hand() =>
        Close([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]));

    /// <summary>Benjamini and Hochberg 1995, section 3.2: fifteen end points after heart attacks, of which control of
    /// the family keeps three.</summary>
    [Fact]
    public void Of_the_fifteen_published_end_points_three_stay_significant()
    {
        var adjusted = Holm.Adjust([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
            0.4262, 0.5719, 0.6528, 0.7590, 1]);
        Close([0.0015, 0.0056, 0.0247, 0.114], adjusted.Take(4));
        Assert.Equal(3, adjusted.Count(p => p < 0.05));
    }

    [Property]
    public bool Adjusted_p_values_keep_their_order_are_never_smaller_and_at_most_one(NonEmptyArray<ushort> shares)
    {
        double[] p = [.. shares.Get.Select(s => (s + 1) / 65536.0)];
        var adjusted = Holm.Adjust(p);
        return Enumerable.Range(0, p.Length).All(i => adjusted[i] >= p[i] && adjusted[i] <= Math.Min(1, p.Length * p[i])
            && Enumerable.Range(0, p.Length).All(j => p[i] > p[j] || adjusted[i] <= adjusted[j]));
    }

    [Property]
    public bool The_order_in_which_contrasts_are_named_does_not_matter(NonEmptyArray<ushort> shares)
    {
        double[] p = [.. shares.Get.Select(s => s / 65535.0)];
        return Holm.Adjust([.. p.Reverse()]).Reverse().SequenceEqual(Holm.Adjust(p));
    }

    /// <summary>Three arms differ and three do not, all against one common arm: of the latter any is called different
    /// in at most 5 % of families.</summary>
    [Fact]
    public void The_family_wise_error_is_at_most_what_it_says()
    {
        var normal = new Normal(0, 1, new Xoshiro256StarStar(3));
        var wrong = Enumerable.Range(0, 2000).Count(_ =>
        {
            double[] common = [.. normal.Samples().Take(10)];
            var p = Enumerable.Range(0, 6).Select(arm =>
                SignFlip.P([.. common.Select(c => normal.Sample() - c + (arm < 3 ? 10 : 0))])).ToList();
            return Holm.Adjust(p).Skip(3).Any(a => a <= 0.05);
        });
        Assert.InRange(wrong / 2000.0, 0.02, 0.05 + 0.015);   // 3 standard deviations
    }

    private static void Close(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-12);
}
