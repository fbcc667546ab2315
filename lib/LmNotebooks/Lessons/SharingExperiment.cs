using LmNotebooks.Experiments;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 08: layers that share their weights against the four models that are like them: of the same depth,
/// of the same parameters and shallow, of the same parameters and wide, of the same calculations. In the language that
/// needs depth.</summary>
public static class SharingExperiment
{
    private const int Depth = 3, SeedsOfShares = 16;

    /// <summary>Three quarters of the scale's text, so that all its records can be made again within the budget of one
    /// notebook.</summary>
    private const double Text = 0.75;

    /// <summary>One layer has as many calculations as three of width 1 then, and one set of weights as many parameters
    /// as three.</summary>
    private const double Wide = 1.75;

    /// <summary>Whether a run has begun to learn which verb belongs to which noun. On earlier seeds, 11 to 18, the
    /// excess at the verbs of runs of shared layers was .57, .64, or between 1.02 and 1.37: nothing lay near
    /// this.</summary>
    private const double Knows = 0.8;

    private const string Unshared = "unshared", Shared = "all shared", Steps = "all shared, step vectors",
        OneLayer = "one layer", SharedWide = "all shared, wide", OneWideLayer = "one wide layer",
        Four = "four layers shared", Twice = ", text x 2";

    public static Experiment Definition { get; } =
        new("sharing", "What do layers save that share their weights, and what not?", new Texts("deep"),
        [
            .. Judged, .. Trend.ArmsOf(Judged).Select(a => a.Name is Shared + Twice or Steps + Twice
                ? a with { Repeats = 8 } : a),
            Shown(Four, WeightSharing.AlbertAll, Shared) with { Size = c => c with { Layers = 4 }, Repeats = 8 },
            .. new[] { 2, 4 }.Select(layers => Shown($"{layers} layers", new Joint(), Unshared) with { Size = c =>
                c with { Layers = layers } }),
            Shown("feed-forward shared", WeightSharing.AlbertFeedForward, Shared),
            Shown("attention shared", WeightSharing.AlbertAttention, Shared),
            Shown("cycle of two", WeightSharing.Cycle, Shared),
                Shown("sequence of two", WeightSharing.Sequence, Shared),
            Shown("multi-query", WeightSharing.MultiQuery, Unshared),
            Shown("factorised vectors", WeightSharing.Factorised, Unshared),
            Shown("untied head", new Joint(), Unshared) with { Size = c => c with { Layers = Depth, TieHead = false } },
            Shown("unshared, little text", new Joint(), Unshared) with { Passes = 8 },
            Shown("all shared, little text", WeightSharing.AlbertAll, Shared) with { Passes = 8 },
        ],
        [
            Learned("same depth",
                "Layers that share all weights learn the agreement of distant words in more runs than "
                + "layers of their own, which calculate as much.", Shared, Unshared),
            Learned("steps", "A vector that tells a shared layer which pass it is in makes it learn that agreement in "
                + "more runs.", Steps, Shared),
            new("same parameters, shallow",
                "With the same parameters, three layers that share them come closer than one that is used once.",
                Shared, OneLayer),
            new("same calculations", "With the same calculations, three shared layers come closer than one wide one.",
                Shared, OneWideLayer),
            new("same parameters, wide",
                "With the same parameters, wide layers that share them come closer than narrow layers of their own.",
                SharedWide, Unshared),
            new("time", "Shared layers reach the final excess of layers of their own with fewer calculations.", Shared,
                Unshared) { Target = new(Unshared, Spending.Flops) },
        ])
    {
        Measurements = [Measurements.AtVerbs, Measurements.OnTrainingText],
    };

    private static IReadOnlyList<Arm> Judged =>
    [
        Arm(Unshared, new Joint()) with { Repeats = SeedsOfShares },
        Arm(Shared, WeightSharing.AlbertAll) with { Repeats = SeedsOfShares },
        Arm(Steps, WeightSharing.AlbertWithSteps) with { Repeats = SeedsOfShares },
        Arm(OneLayer, new Joint(), layers: 1) with { Repeats = SeedsOfShares },
        Arm(SharedWide, WeightSharing.AlbertAll, width: Wide),
        Arm(OneWideLayer, new Joint(), layers: 1, width: Wide) with { Repeats = SeedsOfShares },
    ];

    /// <summary>Outcomes are of two kinds, so runs are counted.</summary>
    private static Hypothesis Learned(string name, string claim, string arm, string baseline) =>
        new(name, claim, arm, baseline) { Measure = Measurements.AtVerbs.Name, Below = Knows };

    private static Trained Arm(string name, IStrategy strategy, int layers = Depth, double width = 1) =>
        new(name, strategy)
    {
        Size = c => c with { Layers = layers, Width = (int)(width * c.Width) },
        At = scale => scale with { TrainTokens = (long)(Text * scale.TrainTokens) },
    };

    private static Trained Shown(string name, IStrategy strategy, string tunedAs) =>
        Arm(name, strategy) with { Gallery = true, TunedAs = tunedAs };
}
