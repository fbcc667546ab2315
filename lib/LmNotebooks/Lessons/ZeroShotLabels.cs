using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Lessons;

/// <summary>The questions of <see cref="ZeroShotTasksExperiment"/>, about the same texts, learned from answers
/// alone.</summary>
internal static class ZeroShotLabels
{
    private const int Seeds = 4;

    /// <param name="answers">Numbers of answers, each with a tuning of its own, and one more that has the rate of the
    /// last of these.</param>
    public static Experiment Of(string name, Latent which, IReadOnlyList<int> answers, int most)
    {
        var cause = which.ToString().ToLowerInvariant();
        FineTuned[] tuned = [.. answers.Select(n => PretrainingExperiment.FromAnswers(n) with { Repeats = Seeds })];
        return new(name, $"How many answers does a model need that learns the {cause} of a text from these alone?",
            new Labels("zero-shot", [new(cause, (language, _) => new PromptedLabel(language, which))]),
            [
                .. tuned, PretrainingExperiment.FromAnswers(most) with
                {
                    Gallery = true, Repeats = Seeds, TunedAs = tuned[^1].Name,
                },
            ], [])
        {
            Measurements = [AnswerMeasurements.OfAccuracy],
        };
    }
}
