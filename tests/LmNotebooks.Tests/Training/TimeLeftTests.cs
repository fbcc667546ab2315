using FsCheck.Xunit;
using LmNotebooks.Training;

namespace LmNotebooks.Tests.Training;

public class TimeLeftTests
{
    [Theory]
    [InlineData("0:00:00", "0:00 left")]
    [InlineData("0:00:00.999", "0:00 left")]
    [InlineData("0:00:07", "0:07 left")]
    [InlineData("0:59:59.9999999", "59:59 left")]
    [InlineData("1:00:00", "1:00:00 left")]
    [InlineData("1:05:00", "1:05:00 left")]
    [InlineData("23:59:59", "23:59:59 left")]
    [InlineData("1.00:00:00", "1 d 0:00:00 left")]
    [InlineData("1.02:03:04", "1 d 2:03:04 left")]
    [InlineData("99.23:59:59", "99 d 23:59:59 left")]
    [InlineData("100.00:00:00", "more than 99 d left")]
    [InlineData("10675199.02:48:05.4775807", "more than 99 d left")]
    [InlineData("-1:05:00", "0:00 left")]
    [InlineData("-10675199.02:48:05.4775808", "0:00 left")]
    public void Every_length_of_time_is_told_whole(string time, string text) =>
        Assert.Equal(text, TimeLeft.Text(TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(10, 1, 4, 30)]
    [InlineData(10, 4, 4, 0)]
    [InlineData(10, 5, 4, 0)]
    [InlineData(0, 1, 4, 0)]
    public void The_rest_takes_as_long_as_the_same_work_before(int seconds, double done, double of, int left) =>
        Assert.Equal(TimeSpan.FromSeconds(left), TimeLeft.Estimate(TimeSpan.FromSeconds(seconds), done, of));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(double.NaN, 4)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(1e-300, 1e300)]
    [InlineData(1, long.MaxValue)]
    public void Without_a_rate_it_takes_for_ever(double done, double of) =>
        Assert.Equal(TimeSpan.MaxValue, TimeLeft.Estimate(TimeSpan.FromHours(1), done, of));

    [Property]
    public void An_estimate_of_anything_is_no_negative_time(long ticks, double done, double of) =>
        Assert.True(TimeLeft.Estimate(TimeSpan.FromTicks(ticks & long.MaxValue), Math.Abs(done), of) >= TimeSpan.Zero);
}
