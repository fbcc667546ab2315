using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Measures;

public class TemperatureTests
{
    /// <summary>Of four equal texts, so many are answered rightly with the logit z.</summary>
    private static List<(double[] Logs, int Right)> Answered(double z, int right) =>
        [.. Enumerable.Range(0, 4).Select(n => ((double[])[0, z], n < right ? 1 : 0))];

    [Theory, InlineData(1), InlineData(5), InlineData(0.2)]
    public void It_makes_a_reader_as_sure_as_it_is_often_right(double z) =>
        Assert.Equal(z / Math.Log(3), Temperature.Of(Answered(z, 3)), 1e-3 * z);

    [Fact]
    public void The_loss_there_is_the_entropy_of_how_often_it_is_right()
    {
        var answered = Answered(5, 3);
        var entropy = -0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25);
        Assert.Equal(entropy, Temperature.Loss(answered, Temperature.Of(answered)), 1e-6);
        Assert.Equal((3 * Math.Log(1 + Math.Exp(-5)) + Math.Log(1 + Math.Exp(5))) / 4, Temperature.Loss(answered, 1),
            1e-12);
    }

    [Fact]
    public void Of_one_that_is_wrong_more_often_nothing_is_left() =>
        Assert.Equal(Math.Log(2), Temperature.Loss(Answered(2, 1), Temperature.Of(Answered(2, 1))), 1e-2);
}
