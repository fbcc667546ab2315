using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: whether a translator that has learned A to B and B to C translates A to C. Who has not learned
/// A to C takes the learning rate of the one who has.</summary>
public static class ZeroShotTranslationExperiment
{
    internal const string ZeroShot = "zero-shot", Supervised = "supervised", Pivot = "pivot",
        Permuted = "permuted source", Copying = "with copies of B", Both = "both directions";

    private const string Preset = "directions";

    /// <summary>Texts in each pair of languages, as a multiple of the scale's labels, which are read about once, and
    /// texts in a step.</summary>
    private const int Texts = 40, Rows = 32;

    /// <summary>A direction has an equal share of the scale's tokens, one in so many.</summary>
    private const int Shares = 3;

    /// <summary>Of the arms that learn to copy.</summary>
    private const int Seeds = 3;

    private static readonly string[] AtoBtoC = ["A to B", "B to C"], WithAtoC = [.. AtoBtoC, "A to C"],
        WithCopies = [.. AtoBtoC, "B to B"], BothWays = [.. AtoBtoC, "B to A", "C to B"];

    public static Experiment Definition { get; } = new("zero-shot-translation",
        "Does a translator from A to B and from B to C translate from A to C?", new ThreeLanguages(Preset),
        [
            Asked(ZeroShot, AtoBtoC), Learner(Supervised, WithAtoC) with { At = At(WithAtoC) },
            new Pivoted(Pivot, Preset, Learner(ZeroShot, AtoBtoC)) { At = At(AtoBtoC), TunedAs = Supervised },
            OfAnother(Permuted, AtoBtoC),
            Asked(Copying, WithCopies) with { Gallery = true, Repeats = Seeds },
            OfAnother($"{Copying}, {Permuted}", WithCopies) with { Gallery = true, Repeats = Seeds },
            Asked(Both, BothWays) with { Gallery = true },
            .. from arm in new[] { (Name: ZeroShot, Learns: AtoBtoC), (Name: Copying, Learns: WithCopies) }
               from times in new[] { 0.5, 2 }
               select Asked(FormattableString.Invariant($"{arm.Name}, text x {times}"), arm.Learns, times)
                   with { Gallery = true },
        ],
        [
            new("zero-shot", "A translator that never saw A to C translates so better than when it is given the source "
                + "of another text.", ZeroShot, Permuted)
            {
                Measure = TranslationMeasurements.OfWords.Name, IsAccuracy = true,
            },
        ])
    {
        Measurements =
        [
            .. JointLanguages.Known.Select(TranslationMeasurements.OfWay), TranslationMeasurements.OfRight,
            TranslationMeasurements.OfWords, TranslationMeasurements.OfLanguage,
        ],
    };

    private static Trained Learner(string name, IReadOnlyList<string> directions) =>
        new(name, new Multilingual(directions));

    private static Direct Asked(string name, IReadOnlyList<string> directions, double times = 1) =>
        new(name, Preset, Learner(name, directions)) { At = At(directions, times), TunedAs = Supervised };

    private static Exchanged OfAnother(string name, IReadOnlyList<string> directions) =>
        new(name, Preset, Learner(name, directions)) { At = At(directions), TunedAs = Supervised };

    /// <param name="times">As much text as usually.</param>
    private static Func<Scale, Scale> At(IReadOnlyList<string> directions, double times = 1) => scale => scale with
    {
        Labels = (int)(times * Texts * scale.Labels),
        TrainTokens = (long)(times * directions.Count * scale.TrainTokens / Shares),
        Options = scale.Options with { BatchRows = Rows, Evaluations = 10 },
        // the middle of the rates that are tried: translators of several directions want smaller ones
        Schedule = scale.Schedule with { Peak = scale.Schedule.Peak / 2 },
    };
}
