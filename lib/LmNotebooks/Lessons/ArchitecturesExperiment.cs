using LmNotebooks.Experiments;
using LmNotebooks.Models;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 01: recurrent networks and a Transformer of the same width and depth, at equal tokens and at equal
/// seconds.</summary>
public static class ArchitecturesExperiment
{
    private const string KneserNey = "Kneser-Ney trigram", Transformer = "Transformer", InSeconds = ", equal seconds";

    /// <summary>Tokens a second as a multiple of the Transformer's, at the size of <see cref="Scale.Laptop"/> on one
    /// thread of a processor: what makes an arm of equal seconds. The seconds themselves are in the records.</summary>
    private const double CountingSpeed = 60;
    private static readonly (Architecture Architecture, double Speed)[] Recurrent =
        [(Architecture.Rnn, 0.8), (Architecture.Lstm, 1.5), (Architecture.Gru, 0.3)];

    public static Experiment Definition { get; } =
        new("architectures", "Which architecture comes closest to the truth, given the text, and given the time?",
        new Texts("base"),
        [
            Counting, .. Recurrent.Select(r => Net(r.Architecture)), new Trained(Transformer, new Joint()),
            InTime(Counting, CountingSpeed), .. Recurrent.Select(r => InTime(Net(r.Architecture), r.Speed)),
        ],
        [
            new("state", "A recurrent network comes closer to the truth than the best counting model.", "RNN",
                KneserNey),
            new("cells", "The gates of an LSTM bring a recurrent network closer to the truth.", "LSTM", "RNN"),
            new("gates", "Those of a GRU do.", "GRU", "RNN"),
            new("attention", "Given the same text, a Transformer comes closer than an LSTM.", Transformer, "LSTM"),
            new("tokens", "Given the same text, a Transformer comes closer than a GRU.", Transformer, "GRU"),
            new("seconds", "Given the same time, a Transformer comes closer than a GRU.", Transformer,
                "GRU" + InSeconds),
        ])
    {
        Measurements =
        [
            .. Measurements.Shares, Measurements.Agreement(0), Measurements.Agreement(1), Measurements.Agreement(2),
            Measurements.ExcessAt(0), Measurements.ExcessAt(1), Measurements.ExcessAt(2),
        ],
    };

    private static Counted Counting => new(KneserNey, 3) { Smoothing = Smoothing.KneserNey };

    private static Trained Net(Architecture architecture) =>
        new(Named(architecture), new Joint()) { Size = c => c with { Architecture = architecture } };

    private static Arm InTime(Arm arm, double speed) =>
        arm with { Name = arm.Name + InSeconds, At = scale =>
        scale with { TrainTokens = (long)(speed * scale.TrainTokens) } };

    private static string Named(Architecture architecture) => architecture.ToString().ToUpperInvariant();
}
