using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of finished models. They stand apart from the definitions: a record depends on the
/// code of its measurements, and not on what else its experiment compares.</summary>
internal static class Measurements
{
    private const int ShareDocuments = 300;

    /// <summary>As strong as the truth: 1.</summary>
    public static Measurement Share(Latent latent) => new($"captured share of {latent.ToString().ToLowerInvariant()}",
        (language, model, _) => CapturedShare.Of(language, model, latent, ShareDocuments, language.Seed).Value);
}
