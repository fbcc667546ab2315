using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Strategies;

namespace LmNotebooks.Experiments;

/// <summary>The experiments of the course, one for each notebook that measures.</summary>
public static class Course
{
    private const int ShareDocuments = 300;

    public static Experiment LanguageModels { get; } = new("language-models", "How close to the truth does a model of a known language come?", "base",
        [new Counted("unigram", 1), new Counted("trigram", 3), new Trained("Transformer", new Joint())],
        [
            new("context", "Two words of context bring a counting model closer to the truth.", "trigram", "unigram"),
            new("learning", "A Transformer comes closer to the truth than a trigram model counted from the same text.", "Transformer", "trigram"),
        ])
    {
        Measurements = [Share(Latent.Topic), Share(Latent.Polarity), Share(Latent.Register)],
    };

    public static IReadOnlyList<Experiment> All { get; } = [LanguageModels];

    /// <exception cref="ArgumentException">There is no experiment of that name.</exception>
    public static Experiment Named(string name) => All.FirstOrDefault(e => e.Name == name)
        ?? throw new ArgumentException($"There is no experiment '{name}': it is one of {string.Join(", ", All.Select(e => e.Name))}.");

    private static Measurement Share(Latent latent) => new($"captured share of {latent.ToString().ToLowerInvariant()}",
        (language, model, _) => CapturedShare.Of(language, model, latent, ShareDocuments, language.Seed).Value);
}
