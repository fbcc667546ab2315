using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using static LmNotebooks.Lessons.ZeroShotPrompts;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 10: a language model is asked for the topic and the polarity of texts, of which it has seen no
/// answer, in a language that has a form to ask for them, and never speaks it.</summary>
public static class ZeroShotTasksExperiment
{
    private const string Preset = "zero-shot";
    private const int Seeds = 8;

    public static Experiment Definition { get; } = new("zero-shot-tasks",
        "Does a language model answer questions of which it has seen no answer?", new Texts(Preset),
        [
            Model with { Repeats = 1 },
            .. from arm in Judged(Preset).Concat(BySlot(Preset)).Concat(ByForm(Preset))
               select arm with { TunedAs = Model.Name, Repeats = Seeds },
            .. from arm in Trend.ArmsOf(Judged(Preset).Concat(ByForm(Preset)))
               select arm with { TunedAs = Model.Name },
        ],
        [
            Accuracy(Latent.Topic), Accuracy(Latent.Polarity),
        ])
    {
        Measurements = PromptMeasurements.All,
    };

    private static Hypothesis Accuracy(Latent which)
    {
        var cause = which.ToString().ToLowerInvariant();
        return new(cause, $"Without an answer to learn from, a language model says the {cause} of a text by a natural "
            + "slot more often rightly than with the slot's label words permuted.", Natural, Permuted)
        {
            Measure = PromptMeasurements.OfAccuracy(which).Name, IsAccuracy = true,
        };
    }
}
