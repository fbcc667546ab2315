using FsCheck.Xunit;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Measures;

public class LabelMultiplierTests
{
    private static readonly (int, double)[] Scratch = [(32, 0.6), (512, 0.9), (128, 0.7)];

    /// <summary>0.8 is half-way from 0.7 to 0.9, and 256 half-way from 128 to 512 on a logarithmic axis: 256 / 32 =
    /// 8.</summary>
    [Theory]
    [InlineData(0.8, 8, Censoring.None)]
    [InlineData(0.65, 2, Censoring.None)]
    [InlineData(0.9, 16, Censoring.None)]
    [InlineData(0.6, 1, Censoring.None)]
    [InlineData(0.91, 16, Censoring.Above)]
    [InlineData(0.5, 1, Censoring.Below)]
    public void It_is_read_from_the_curve_of_training_from_scratch(double accuracy, double value, Censoring censoring)
    {
        var multiplier = LabelMultiplier.Of(Scratch, accuracy);
        Assert.Equal(value, multiplier.Value, 1e-9);
        Assert.Equal(censoring, multiplier.Censoring);
    }

    [Fact]
    public void A_curve_that_dips_counts_where_it_first_arrives() =>
        Assert.Equal(2, LabelMultiplier.Of([(32, 0.5), (64, 0.7), (128, 0.6), (256, 0.8)], 0.7).Value, 1e-9);

    [Property]
    public bool A_more_accurate_method_is_never_worth_fewer_labels(byte first, byte second)
    {
        var (low, high) = (0.45 + Math.Min(first, second) / 500.0, 0.45 + Math.Max(first, second) / 500.0);
        return LabelMultiplier.Of(Scratch, low).Value <= LabelMultiplier.Of(Scratch, high).Value + 1e-12;
    }

    [Fact]
    public void A_bound_shows_that_it_is_one() => Assert.Equal(["3.14", "> 64", "< 0.25"],
        new Censored[] { new(3.14159), new(64, Censoring.Above), new(0.25, Censoring.Below) }.Select(c =>
            c.ToString()));
}
