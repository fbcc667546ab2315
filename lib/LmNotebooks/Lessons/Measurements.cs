using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of finished models, on documents drawn for it. They stand apart
/// from the definitions: a record depends on the code of its measurements, and not on what else its experiment
/// compares.</summary>
internal static class Measurements
{
    private const int ShareDocuments = 300;

    /// <summary>How much of each latent that outlasts a sentence is captured; the language itself has 1.</summary>
    public static IReadOnlyList<Measurement> Shares { get; } =
        [.. new[] { Latent.Topic, Latent.Polarity, Latent.Register }.Select(latent => Measurement.OfLanguage(
        $"captured share of {latent.ToString().ToLowerInvariant()}",
        (language, model, _) => CapturedShare.Of(language, model, latent, ShareDocuments, language.Seed).Value))];

    /// <summary>How surely verbs agree with their subjects over so many nouns that do not; the language itself has
    /// 1.</summary>
    public static Measurement Agreement(int attractors) =>
        Measurement.OfLanguage($"agreement over {attractors} attractors", (language, model, _) =>
            VerbAgreement.Of(language, model, place => place.Attractors == attractors));

    /// <summary>Excess in nats per token at the words that stand so deep in phrases and clauses.</summary>
    public static Measurement ExcessAt(int depth) =>
        Measurement.OfLanguage($"excess at depth {depth}", (language, model, _) =>
        Excess.By(language, model, [.. language.Sample(ShareDocuments, language.Seed).Select(d => d.Ids)], place =>
            place.Depth).Single(g => g.Key == depth).Value.Value);

    /// <summary>Excess in nats per token at the verbs, which agree with a noun that can be far away.</summary>
    public static Measurement AtVerbs { get; } = Measurement.OfLanguage("excess at verbs", (language, model, data) =>
        Excess.By(language, model, data.Test.Documents, place => place.Word.Slot == Slot.Verb).Single(g => g.Key)
            .Value.Value);

    /// <summary>Excess in nats per token over as many documents that the model was trained on as it is tested
    /// on.</summary>
    public static Measurement OnTrainingText { get; } =
        Measurement.OfLanguage("excess on training text", (language, model, data) =>
        Excess.Of(language, model, [.. data.Train.Documents.Take(data.Test.Rows)]).Mean);
}
