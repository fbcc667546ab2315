using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;
using LmNotebooks.Tokens;

namespace LmNotebooks.Lessons;

/// <summary>What the experiments of the course measure of models that are asked questions of which they have seen no
/// answer.</summary>
internal static class PromptMeasurements
{
    /// <summary>The accuracies of both hidden causes that there are prompts for, and what they are at most.</summary>
    public static IReadOnlyList<Measurement> All =>
    [
        .. from which in new[] { Latent.Topic, Latent.Polarity }
           from of in new[] { OfAccuracy(which), OfBayes(which) }
           select of,
    ];

    /// <summary>Share of texts of which a model says a hidden cause rightly, of several readers their mean, on as many
    /// texts as it is tested on. They are those that are tested on, too, where answers to the same question are learned
    /// from. Not a number of a model that is not asked.</summary>
    public static Measurement OfAccuracy(Latent which) =>
        Measurement.OfLanguage($"accuracy of {Name(which)}", (language, model, data) =>
            model is not Answering answering ? double.NaN : Readers.Of(answering.Readers[which])
                .Average(reader => Accuracy.Of(reader, Asked(new(language, which), data)).Mean));

    /// <summary>The accuracy on these texts of who knows the language exactly.</summary>
    public static Measurement OfBayes(Latent which) =>
        Measurement.OfLanguage($"Bayes accuracy of {Name(which)}", (language, _, data) =>
        {
            var question = new PromptedLabel(language, which);
            return Accuracy.Of(question, Asked(question, data)).Mean;
        });

    private static string Name(Latent which) => which.ToString().ToLowerInvariant();

    private static IReadOnlyList<Example> Asked(PromptedLabel question, Dataset data) =>
        question.Sample(data.Test.Rows, Seeds.Mix(question.Language.Seed, 0));
}
