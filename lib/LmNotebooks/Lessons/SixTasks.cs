using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: six tasks about the source of a pair of languages, of understanding, of sentiment, and its
/// translation. What reads the texts is the encoder of a translator, or a model of the same size.</summary>
internal static class SixTasks
{
    public const string Translation = "translation";

    public static IReadOnlyList<string> Understanding { get; } = ["intent", "entailment", "tags"];

    public static IReadOnlyList<string> Sentiment { get; } = ["polarity", "sign"];

    public static IReadOnlyList<string> All { get; } = [.. Understanding, .. Sentiment, Translation];

    /// <summary>Sentences to translate, as a multiple of the scale's labels; a question has a share of them as
    /// answers.</summary>
    private const int Sentences = 8;

    /// <param name="share">Answers to a question, for each sentence to translate.</param>
    public static IWorld World(double share)
    {
        Asking Asked(string name, int stream, Func<Lingua, Labelling> of) =>
            new(name, (language, _) => of(language)) { Examples = share, Stream = stream };
        LearningTask[] tasks =
        [
            new Translating(Translation),
            Asked("intent", 2, language => new LatentLabel(language, Latent.Intent)),
            Asked("entailment", 3, language => new Entailment(language)),
            new TaggingWords("tags") { Examples = share, Stream = 4 },
            Asked("polarity", 5, language => new LatentLabel(language, Latent.Polarity)),
            Asked("sign", 6, language => SignLabel.Of(language, 1, 0)),
        ];
        return new Experiments.Tasks("tasks",
        [
            .. tasks, .. tasks.Where(t => Understanding.Contains(t.Name)).Select(t =>
                t with { Name = Permuted(t.Name), Permuted = true }),
        ]) { IsPair = true };
    }

    /// <summary>The task with answers that are dealt out at random.</summary>
    public static string Permuted(string task) => $"{task}, permuted";

    /// <summary>A scale with so many sentences, and steps of as many texts as elsewhere in the notebook.</summary>
    public static Scale At(Scale scale) => scale with
    {
        Labels = Sentences * scale.Labels, Options = TaskRelations.Steps(scale.Options),
    };
}
