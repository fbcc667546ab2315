using FsCheck.Xunit;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Measures;

/// <summary>How linearly targets stand in states.</summary>
public class LinearReadoutTests
{
    private const int Width = 4;

    private static double[] Drawn(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];

    private static List<(double[] State, double[] Target)> Pairs(Random random, int count,
        Func<double[], double[]> target) =>
        [.. Enumerable.Range(0, count).Select(_ => Drawn(random, Width)).Select(state => (state, target(state)))];

    /// <summary>Fitted to (-1, 1), (0, 0), (1, 5): the slope is 2 and the mean 2. Asked for 4 at 1 and 2 at -1, it says
    /// 4 and 0: SSE is 4, and SST about 2 is 4. Asked for 5 at 1 and 0 at -1: 1 of 13.</summary>
    [Fact]
    public void It_is_the_regression_worked_by_hand()
    {
        (double[], double[])[] fitted = [([-1], [1]), ([0], [0]), ([1], [5])];
        Assert.Equal(0, LinearReadout.RSquared(fitted, [([1], [4]), ([-1], [2])]), 1e-7);
        Assert.Equal(1 - 1 / 13.0, LinearReadout.RSquared(fitted, [([1], [5]), ([-1], [0])]), 1e-7);
    }

    /// <summary>Two values of a target: the errors of both over the squares of both.</summary>
    [Fact]
    public void The_values_of_a_target_count_as_they_vary()
    {
        (double[], double[])[] fitted = [([-1], [-3, 1]), ([1], [3, 1]), ([-1], [-3, -1]), ([1], [3, -1])];
        Assert.Equal(1 - 2 / 20.0, LinearReadout.RSquared(fitted, fitted[..2]), 1e-7);
    }

    [Property(MaxTest = 50)]
    public void What_is_a_linear_function_of_the_states_is_read_wholly(int seed)
    {
        var random = new Random(seed);
        var weights = Drawn(random, 2 * Width);
        double[] Linear(double[] x) => [3 + x.Zip(weights, (a, w) => a * w).Sum(),
            x.Zip(weights.Skip(Width), (a, w) => a * w).Sum()];
        Assert.Equal(1, LinearReadout.RSquared(Pairs(random, 40, Linear), Pairs(random, 20, Linear)), 1e-9);
    }

    [Property(MaxTest = 50)]
    public void Noise_is_not_read(int seed)
    {
        var random = new Random(seed);
        double[] Noise(double[] _) => Drawn(random, 2);
        Assert.InRange(LinearReadout.RSquared(Pairs(random, 1000, Noise), Pairs(random, 500, Noise)), -0.05, 0.02);
    }

    /// <summary>A triangular map with a diagonal of 1 to 2 and others of at most 1, the states in other order, and a
    /// shift.</summary>
    [Property(MaxTest = 50)]
    public void States_that_are_mapped_linearly_and_can_be_mapped_back_say_as_much(int seed)
    {
        var random = new Random(seed);
        double[] Bent(double[] x) => [x[0] * x[1] + x[2], Math.Abs(x[3])];
        var (fitted, asked) = (Pairs(random, 60, Bent), Pairs(random, 30, Bent));
        double[][] map = [.. Enumerable.Range(0, Width).Select(_ => Drawn(random, Width))];
        double[] Map(double[] x) => [.. map.Select((row, i) =>
            5 + x[i] * (1.5 + row[i] / 2) + Enumerable.Range(0, i).Sum(j => row[j] * x[j])).Reverse()];
        List<(double[], double[])> Mapped(List<(double[] State, double[] Target)> of) =>
            [.. of.Select(p => (Map(p.State), p.Target))];
        Assert.Equal(LinearReadout.RSquared(fitted, asked),
            LinearReadout.RSquared(Mapped(fitted), Mapped(asked)), 1e-5);
    }

    [Fact]
    public void States_that_do_not_differ_say_the_mean_and_a_direction_that_says_nothing_disturbs_nothing()
    {
        (double[], double[])[] same = [([7, 0.1], [0]), ([7, 0.1], [1]), ([7, 0.1], [2])];
        Assert.Equal(0, LinearReadout.RSquared(same, same), 1e-12);
        (double[], double[])[] twice = [([0, 0], [0]), ([1, 2], [1]), ([2, 4], [2])];
        Assert.Equal(1, LinearReadout.RSquared(twice, twice), 1e-7);
    }

    [Fact]
    public void Of_targets_that_do_not_differ_there_is_nothing_to_know()
    {
        (double[], double[])[] fitted = [([0], [1]), ([1], [1])];
        Assert.Equal(double.NaN, LinearReadout.RSquared(fitted, fitted));
    }

    [Fact]
    public void Pairs_that_are_missing_or_of_different_sizes_are_refused()
    {
        (double[], double[])[] pairs = [([1, 2], [1]), ([1, 3], [2])];
        Assert.Throws<ArgumentException>(() => LinearReadout.RSquared([], pairs));
        Assert.Throws<ArgumentException>(() => LinearReadout.RSquared(pairs, []));
        Assert.Throws<ArgumentException>(() => LinearReadout.RSquared(pairs, [([1], [1])]));
        Assert.Throws<ArgumentException>(() => LinearReadout.RSquared(pairs, [([1, 2], [1, 2])]));
    }
}
