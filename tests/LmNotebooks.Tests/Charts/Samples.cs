using LmNotebooks.Charts;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Charts;

/// <summary>One figure of each kind, with numbers like those of the course.</summary>
internal static class Samples
{
    public static Figure Loss { get; } = LossCurves.Of(
        [Run("Transformer", 0.062, 0.8), Run("GRU", 0.116, 0.9), Run("RNN", 0.3, 0.6), Run("shared weights", 0.18, 0.7)],
        2.26, ("unigram model", 4.31), ("bigram model", 3.04), ("trigram model", 2.92));

    public static Figure Excess { get; } = ExcessBars.Of(
        [("Transformer", Around(0.062, 0.004)), ("GRU", Around(0.116, 0.011)), ("hierarchical training, frozen body", Around(0.31, 0.06)), ("bigram model", Around(0.78, 0))]);

    public static Figure Share { get; } = ShareBars.Of([("topic", new(0.93, 0.9, 0.96)), ("number agreement", new(1.02, 0.95, 1.1)), ("register", new(-0.02, -0.07, 0.04))]);

    public static Figure NextWord { get; } = NextWordBars.Of(
        ["sat", "ran", "slept", "<eos>", "was"], [0.41, 0.3, 0.12, 0.1, 0.01], [0.38, 0.2, 0.15, 0.12, 0.06], "the old cat");

    public static Figure Banded { get; } = new("Loss over three seeds", new Axis("tokens seen"), new Axis("loss (nats per token)"),
        [new Band("95 % interval", [0, 1e6, 2e6], [4, 3, 2.5], [4.4, 3.2, 2.6]), new Line("mean", [0, 1e6, 2e6], [4.2, 3.1, 2.55])], "The mean ends at 2.55.");

    public static Figure Calibration { get; } = CalibrationCurves.Of(
        ("language", [new(0.1, 0.11, 50), new(0.5, 0.49, 10), new(0.9, 0.89, 50)]), ("Transformer", [new(0.05, 0.15, 70), new(0.5, 0.5, 4), new(0.97, 0.86, 70)]));

    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>
    {
        ["loss"] = Loss, ["excess"] = Excess, ["share"] = Share, ["next-word"] = NextWord, ["band"] = Banded, ["calibration"] = Calibration,
    };

    public static TheoryData<string> Names => new(All.Keys);

    public static Interval Around(double value, double half) => new(value, value - half, value + half);

    private static Curve Run(string name, double excess, double rate)
    {
        var tokens = Enumerable.Range(1, 60).Select(i => 16384.0 * i).ToArray();
        var loss = tokens.Select((t, i) => 2.26 + excess + (1 - i / 59.0) * (3 * Math.Pow(t / 16384, -rate) + 0.02 * Math.Sin(i * rate * 7)));
        return new Curve(name, tokens, [.. loss]);
    }
}
