using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Measures;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Interval = LmNotebooks.Measures.Interval;

namespace LmNotebooks.Tests.Measures;

public class GradientCosineTests
{
    private const int Batches = 10, Numbers = 2000;

    private static Interval Of(params IReadOnlyList<double[]>[] tasks) =>
        GradientCosine.Of(GradientProducts.Of(tasks), 0, 1, seed: 1);

    /// <summary>The sums of the products of different batches: of the first task 1 + 2 + 3 twice, of the second
    /// 2 + 0 + 1 twice, of both (1 + 1) + (2 + 1) + (2 + 3).</summary>
    [Fact]
    public void The_cosine_of_three_batches_is_the_one_worked_by_hand()
    {
        IReadOnlyList<double[]> first = [[1, 0], [1, 1], [2, 1]], second = [[0, 2], [1, 1], [1, 0]];
        Assert.Equal(10 / Math.Sqrt(12 * 6), Of(first, second).Value, 1e-12);
        Assert.Equal(1, GradientCosine.Of(GradientProducts.Of([first, second]), 1, 1, seed: 1).Value, 1e-12);
    }

    [Fact]
    public void Gradients_without_noise_have_their_own_cosine_and_leave_no_doubt()
    {
        var cosine = Of([.. Enumerable.Repeat((double[])[3, 4], 3)], [.. Enumerable.Repeat((double[])[-8, 0], 3)]);
        Assert.Equal(-0.6, cosine.Value, 1e-12);
        Assert.Equal(-0.6, cosine.Low, 1e-12);
        Assert.Equal(-0.6, cosine.High, 1e-12);
    }

    [Property]
    public void It_is_the_mean_over_all_pairs_of_different_batches(PositiveInt seed)
    {
        var tasks = Drawn(seed.Get, 3, Batches, 7);
        double Mean(int i, int j) =>
            (from a in Enumerable.Range(0, Batches)
             from b in Enumerable.Range(0, Batches)
             where a != b
             select tasks[i][a].Zip(tasks[j][b], (x, y) => x * y).Sum()).Average();
        var expected = Mean(0, 0) <= 0 || Mean(2, 2) <= 0 ? double.NaN
            : Mean(0, 2) / Math.Sqrt(Mean(0, 0) * Mean(2, 2));
        Assert.Equal(expected, GradientCosine.Of(GradientProducts.Of(tasks), 0, 2, seed: 1).Value, 1e-9);
    }

    /// <summary>Powers of two change no digit.</summary>
    [Property]
    public void Longer_gradients_of_a_task_change_nothing_and_the_opposite_ones_turn_the_sign(PositiveInt seed)
    {
        var (random, tasks) = (new Random(seed.Get), Drawn(seed.Get, 2, 4, 5));
        var lengths = tasks.Select(_ => Math.Pow(2, random.Next(-20, 20))).ToArray();
        double[][] Times(int task, double length) => [.. tasks[task].Select(g => g.Select(x => x * length).ToArray())];
        var cosine = Of(tasks);
        Assert.Equal(cosine, Of(Times(0, lengths[0]), Times(1, lengths[1])));
        var turned = Of(tasks[0], Times(1, -lengths[1]));
        Assert.Equal(-cosine.Value, turned.Value);
        Assert.Equal(-cosine.High, turned.Low, 1e-9);
        Assert.Equal(-cosine.Low, turned.High, 1e-9);
        Assert.Equal(cosine.Value, GradientCosine.Of(GradientProducts.Of(tasks), 1, 0, seed: 1).Value, 1e-12);
    }

    /// <summary>The noise of a batch has 20 times the squared length of the gradient, so that a mean over ten batches
    /// is three times as long, squared, and the cosine of two means about 0.6 / 3.</summary>
    [Fact]
    public void With_much_noise_it_is_near_the_true_cosine_where_that_of_the_means_is_near_zero()
    {
        const int experiments = 40;
        var (corrected, means, covered) = (0.0, 0.0, 0);
        for (var seed = 0; seed < experiments; seed++)
        {
            var tasks = Noisy(seed, cosine: 0.6, noise: 20);
            var cosine = Of(tasks);
            corrected += cosine.Value / experiments;
            means += CosineOfMeans(tasks) / experiments;
            if (cosine.Low <= 0.6 && 0.6 <= cosine.High) covered++;
        }
        Assert.InRange(corrected, 0.54, 0.66);      // one experiment is off by 0.1 or so, the mean of 40 by 0.02
        Assert.InRange(means, 0.15, 0.25);
        Assert.InRange(covered, 32, 40);            // 38 on paper
    }

    [Fact]
    public void Of_nothing_but_noise_it_is_no_number_or_a_wide_interval()
    {
        var cosines = Enumerable.Range(0, 20).Select(seed => Of(Drawn(seed, 2, Batches, Numbers))).ToList();
        Assert.Contains(cosines, c => double.IsNaN(c.Value));
        Assert.All(cosines, c => Assert.True(c.Low <= -0.5 && c.High >= 0.5));
        Assert.Equal(new Interval(double.NaN, -1, 1), Of([[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            [[1, 1, 1], [1, 1, 1], [1, 1, 1]]));
    }

    [Fact]
    public void Too_few_batches_or_unequal_numbers_of_them_are_refused_in_one_sentence()
    {
        Assert.Equal("Gradients from 2 batches do not tell how much they vary: take 3 or more.",
            Assert.Throws<ArgumentException>(() => GradientProducts.Of([[[1], [2]], [[1], [2]]])).Message);
        Assert.Equal("The tasks have 3, 4 gradients: give each as many.", Assert.Throws<ArgumentException>(() =>
            GradientProducts.Of([[[1], [2], [3]], [[1], [2], [3], [4]]])).Message);
    }

    private static double[][][] Drawn(int seed, int tasks, int batches, int numbers)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, tasks).Select(_ => Enumerable.Range(0, batches).Select(_ =>
            Enumerable.Range(0, numbers).Select(_ => random.Next(-8, 9) + 0.0).ToArray()).ToArray())];
    }

    /// <summary>Two tasks with gradients of length 1 at an angle, and noise of a squared length.</summary>
    private static IReadOnlyList<double[]>[] Noisy(int seed, double cosine, double noise)
    {
        var normal = new Normal(0, Math.Sqrt(noise / Numbers), new Xoshiro256StarStar(seed));
        double[][] truths = [[1, 0], [cosine, Math.Sqrt(1 - cosine * cosine)]];
        return [.. truths.Select(truth => Enumerable.Range(0, Batches).Select(_ =>
            Enumerable.Range(0, Numbers).Select(k => normal.Sample() + (k < 2 ? truth[k] : 0)).ToArray()).ToList())];
    }

    private static double CosineOfMeans(IReadOnlyList<double[]>[] tasks)
    {
        var means = tasks.Select(task => Enumerable.Range(0, Numbers).Select(k => task.Average(g => g[k])).ToList())
            .ToList();
        double Product(int i, int j) => means[i].Zip(means[j], (x, y) => x * y).Sum();
        return Product(0, 1) / Math.Sqrt(Product(0, 0) * Product(1, 1));
    }
}
