using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 03: recurrent networks and a Transformer of the same width and depth, at equal tokens and at equal
/// seconds.</summary>
public static class ArchitecturesExperiment
{
    private const string KneserNey = "Kneser-Ney trigram", InSeconds = ", equal seconds";

    /// <summary>Tokens a second as a multiple of the Transformer's with four rows in a batch, at the size of
    /// <see cref="Scale.Laptop"/> on one thread of a processor: what makes an arm of equal seconds. The seconds
    /// themselves are in the records.</summary>
    private static readonly Dictionary<Architecture, (int Rows, double Speed)[]> Speeds = new()
    {
        [Architecture.Transformer] = [(4, 1), (16, 1.1), (64, 1.1)],
        [Architecture.Lstm] = [(4, 0.95), (16, 1.3), (64, 1.1)],
        [Architecture.Gru] = [(4, 0.95), (16, 2.1), (64, 2.1)],
    };
    private const double CountingSpeed = 60;

    public static Experiment Definition { get; } =
        new("architectures", "Which architecture comes closest to the truth, given the text, and given the time?",
        new Texts("base"),
        [
            .. Judged, .. Trend.ArmsOf(Judged),
            Counting with { Name = KneserNey + InSeconds, Gallery = true, At = scale =>
                scale with { TrainTokens = (long)(CountingSpeed * scale.TrainTokens) } },
        ],
        [
            new("state", "A recurrent network comes closer to the truth than the best counting model.", "RNN",
                KneserNey),
            new("gates", "The gates of an LSTM bring a recurrent network closer to the truth.", "LSTM", "RNN"),
            new("attention", "Given the same text, a Transformer comes closer than an LSTM.", "Transformer", "LSTM"),
            new("attention and gates", "Given the same text, a Transformer comes closer than a GRU.", "Transformer",
                "GRU"),
            new("seconds", "Given the same time, a Transformer comes closer than an LSTM.", "Transformer" + InSeconds,
                "LSTM" + InSeconds),
            new("seconds, GRU", "Given the same time, a Transformer comes closer than a GRU.",
                "Transformer" + InSeconds, "GRU" + InSeconds),
        ])
    {
        Measurements =
        [
            .. Measurements.Shares, Measurements.Agreement(0), Measurements.Agreement(1), Measurements.Agreement(2),
            Measurements.ExcessAt(0), Measurements.ExcessAt(1), Measurements.ExcessAt(2),
        ],
    };

    private static IReadOnlyList<Arm> Judged =>
    [
        Counting, Net(Architecture.Rnn), Net(Architecture.Lstm), Net(Architecture.Gru), Net(Architecture.Transformer),
        .. Speeds.Keys.Select(InTime),
    ];

    private static Counted Counting => new(KneserNey, 3) { Smoothing = Smoothing.KneserNey };

    private static Trained Net(Architecture architecture) =>
        new(Named(architecture), new Joint()) { Size = c => c with { Architecture = architecture } };

    /// <summary>Where seconds are the budget, the rows of a batch are tuned: more of them take less time a token, and
    /// make fewer steps of it.</summary>
    private static Arm InTime(Architecture architecture)
    {
        var net = Net(architecture) with { Name = Named(architecture) + InSeconds };
        var options = Speeds[architecture].Select(s => new Option($"{s.Rows}", arm => arm with { At = scale =>
            Timed(arm.At(scale), s.Rows, s.Speed) })).ToList();
        return net with { Choices = [new("rows", options)] };
    }

    /// <summary>The rate grows with the root of the rows, since the noise of a gradient falls with it.</summary>
    private static Scale Timed(Scale scale, int rows, double speed) => scale with
    {
        TrainTokens = (long)(speed * scale.TrainTokens),
        Options = scale.Options with { BatchRows = rows },
        Schedule = scale.Schedule with { Peak = scale.Schedule.Peak * Math.Sqrt((double)rows
            / scale.Options.BatchRows) },
    };

    private static string Named(Architecture architecture) => architecture == Architecture.Transformer
        ? "Transformer" : architecture.ToString().ToUpperInvariant();
}
