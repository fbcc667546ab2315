using LmNotebooks.Experiments;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Experiments;

public sealed class NoiseTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private RunStore Store => new(folder.Path);

    /// <summary>Differences .01, .02 and .03: mean .02, standard deviation .01, and t(2 degrees of freedom, 99.95 %) =
    /// 31.599.</summary>
    [Fact]
    public void The_tolerance_is_what_the_last_bit_of_a_weight_makes_once_in_a_thousand_times()
    {
        foreach (var seed in new[] { 21, 22, 23 })
        {
            Keep("joint", seed, 2);
            Keep("joint, last bit", seed, 2 + 0.01 * (seed - 20));
        }
        Assert.Equal(0.02 + 31.599 * 0.01 * Math.Sqrt(4 / 3.0), NoiseExperiment.ToleranceAt(Scale.Ci, Store), 1e-4);
    }

    [Fact]
    public void Noise_that_has_not_been_measured_is_asked_for() =>
        Assert.Equal("The noise of runs at Ci is not known: measure it with 'lm experiment noise --scale Ci'.",
            Assert.Throws<InvalidOperationException>(() => NoiseExperiment.ToleranceAt(Scale.Ci, Store)).Message);

    private void Keep(string arm, int seed, double loss)
    {
        using var file = RunFile.Create(Store.PathOf("noise", "Ci", seed, arm), new RunHeader("noise", arm, [], seed,
            "cpu", 1, "data", "source", new Dictionary<string, string>(), DateTimeOffset.UnixEpoch));
        file.Append(new RunResult(1, 0, 1, 0, 1, 1, 1, loss));
    }
}
