using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of models that were told of new words. A model that was told of
/// none is asked as it is.</summary>
internal static class NewWordMeasurements
{
    /// <summary>How much a new noun costs above the truth, nats for each time that it is said.</summary>
    public static Measurement OfNouns { get; } = Measurement.OfLanguage("nats per new noun", (language, model, _) =>
        NewWordLoss.Of(language, Saying(model), Slot.Noun));

    /// <summary>How much a new adjective costs above the truth, nats for each time that it is said.</summary>
    public static Measurement OfAdjectives { get; } =
        Measurement.OfLanguage("nats per new adjective", (language, model, _) =>
            NewWordLoss.Of(language, Saying(model), Slot.Adjective));

    /// <summary>How surely verbs agree with a new noun right before them; the language itself has 1.</summary>
    public static Measurement OfAgreement { get; } =
        Measurement.OfLanguage("agreement after a new noun", (language, model, _) =>
            NewWordAgreement.Of(language, Saying(model)));

    public static IReadOnlyList<Measurement> All { get; } = [OfNouns, OfAdjectives, OfAgreement];

    private static Func<Stem, ISequenceDistribution> Saying(ISequenceDistribution model) =>
        model is INewWordReader reader ? reader.Saying : _ => model;
}
