using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 04: layers that share their weights against the four models that are like them: of the same depth,
/// of the same parameters and shallow, of the same parameters and wide, of the same calculations. In the language that
/// needs depth.</summary>
public static class SharingExperiment
{
    private const int Depth = 3;

    /// <summary>One layer has as many calculations as three of width 1 then, and one set of weights as many parameters
    /// as three.</summary>
    private const double Wide = 1.75;

    private const string Unshared = "unshared", Shared = "all shared", OneLayer = "one layer",
        SharedWide = "all shared, wide", OneWideLayer = "one wide layer";

    public static Experiment Definition { get; } =
        new("sharing", "What do layers save that share their weights, and what not?", new Texts("deep"),
        [
            Arm(Unshared, new Joint()), Arm(Shared, WeightSharing.AlbertAll), Arm(OneLayer, new Joint(), layers: 1),
            Arm(SharedWide, WeightSharing.AlbertAll, width: Wide),
                Arm(OneWideLayer, new Joint(), layers: 1, width: Wide),
            .. new[] { 2, 4 }.Select(layers => Shown($"{layers} layers", new Joint()) with { Size = c =>
                c with { Layers = layers } }),
            Shown("feed-forward shared", WeightSharing.AlbertFeedForward),
                Shown("attention shared", WeightSharing.AlbertAttention),
            Shown("cycle of two", WeightSharing.Cycle), Shown("sequence of two", WeightSharing.Sequence),
            Shown("multi-query", WeightSharing.MultiQuery), Shown("factorised vectors", WeightSharing.Factorised),
            Shown("untied head", new Joint()) with { Size = c => c with { Layers = Depth, TieHead = false } },
            Shown("unshared, little text", new Joint()) with { Passes = 8 },
                Shown("all shared, little text", WeightSharing.AlbertAll) with { Passes = 8 },
            Shown("all shared, twice the text", WeightSharing.AlbertAll) with { At = scale =>
                scale with { TrainTokens = 2 * scale.TrainTokens } },
        ],
        [
            new("depth", "The language needs depth: three layers come closer to the truth than one.", Unshared,
                OneLayer),
            new("same depth",
                "Layers that share all weights come closer to the truth than layers of their own, which calculate as "
                + "much.", Shared, Unshared),
            new("same parameters, shallow",
                "With the same parameters, three layers that share them come closer than one that is used once.",
                Shared, OneLayer),
            new("same parameters, wide",
                "With the same parameters, wide layers that share them come closer than narrow layers of their own.",
                SharedWide, Unshared),
            new("same calculations", "With the same calculations, three shared layers come closer than one wide one.",
                Shared, OneWideLayer),
            new("time", "Shared layers reach the final excess of layers of their own with fewer calculations.", Shared,
                Unshared)
                { Target = new(Unshared, Spending.Flops) },
        ])
    {
        Seeds = [.. Enumerable.Range(11, 8)],
        Measurements = [Measurements.AtVerbs, Measurements.OnTrainingText],
    };

    private static Trained Arm(string name, IStrategy strategy, int layers = Depth, double width = 1) =>
        new(name, strategy) { Size = c => c with { Layers = layers, Width = (int)(width * c.Width) } };

    private static Trained Shown(string name, IStrategy strategy) => Arm(name, strategy) with { Gallery = true };
}
