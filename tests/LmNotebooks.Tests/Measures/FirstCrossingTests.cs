using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Measures;

public class FirstCrossingTests
{
    [Fact]
    public void One_lucky_evaluation_is_no_crossing() => Assert.Equal(new Censored(40), Of(3, 1, 3, 2, 2, 1, 3));

    [Fact]
    public void Two_at_the_end_are_not_enough_and_the_last_miss_is_the_bound() =>
        Assert.Equal(new Censored(20, Censoring.Above), Of(3, 3, 1, 1));

    [Fact]
    public void A_run_that_never_arrives_is_above_its_last_evaluation_also_if_it_diverged()
    {
        Assert.Equal(new Censored(30, Censoring.Above), Of(3, 3, 3));
        Assert.Equal(new Censored(30, Censoring.Above), Of(1, 1, double.NaN));
    }

    [Fact]
    public void Fewer_evaluations_than_a_crossing_takes_are_refused() =>
        Assert.Equal("A crossing takes 3 evaluations, and there are 2: evaluate more often.",
            Assert.Throws<ArgumentException>(() => Of(1, 1)).Message);

    private static Censored Of(params double[] losses) =>
        FirstCrossing.Of([.. losses.Select((loss, i) => (10.0 * (i + 1), loss))], target: 2);
}
