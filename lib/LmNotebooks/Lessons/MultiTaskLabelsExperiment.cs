using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: how many answers a second task saves, which is about the same texts as a reader would ask
/// it.</summary>
public static class MultiTaskLabelsExperiment
{
    internal const string Scratch = PretrainingExperiment.Scratch, Polarity = "with polarity";

    private const string Goal = TaskRelations.Goal;

    /// <summary>Answers of a set, of the second task to one of them, and how many sets there are.</summary>
    private const int Few = 32, Others = 8, Sets = 4;

    public static Experiment Definition { get; } = new("multi-task-labels",
        "How many answers does a second task save?", new Experiments.Tasks("labels",
        [
            new Asking(Goal, (language, _) => SignLabel.Of(language, 1, 0)),
            .. new[] { Latent.Polarity, Latent.Topic, Latent.Intent, Latent.Register }.Select(latent =>
                new Asking(NameOf(latent), (language, _) => new LatentLabel(language, latent))
                    { Stream = 2, Examples = Others / (double)Sets }),
        ]),
        [
            Alone(Few), With(Latent.Polarity), .. new[] { 128, 512 }.Select(Alone),
            OfCounts, .. TaskRelations.TrendOf([Alone(Few), With(Latent.Polarity)]),
            .. new[] { Latent.Topic, Latent.Intent, Latent.Register }.Select(latent =>
                With(latent) with { Gallery = true, TunedAs = Polarity }),
        ],
        [
            MultiTaskExperiment.Accuracy("labels", "Beside a question about the polarity of the text, a task is better "
                + "learned from 32 answers than alone.", Polarity, Scratch),
        ])
    {
        Measurements = [TaskMeasurements.OfAccuracy],
    };

    private static string NameOf(Latent latent) => latent.ToString().ToLowerInvariant();

    private static Arm With(Latent latent) => Arm($"with {NameOf(latent)}", Few, TaskRelations.Epochs,
        Goal, NameOf(latent));

    /// <summary>Alone, it may see its answers as often as tuning finds best.</summary>
    private static Arm Alone(int answers) =>
        Arm(answers == Few ? Scratch : $"{Scratch}, {answers} answers", answers, TaskRelations.Epochs, Goal) with
        {
            Choices = [Choice.Among("epochs", (arm, epochs) =>
                (Tasked)arm with { Strategy = new MultiTask { Epochs = epochs } },
                TaskRelations.Epochs, 5 * TaskRelations.Epochs)],
        };

    private static Tasked Arm(string name, int answers, double epochs, params string[] tasks) =>
        new(name, new MultiTask { Epochs = epochs }, tasks)
        {
            Sets = Sets, At = scale => scale with
            {
                Labels = scale.Labels * Sets * answers / 512, Options = TaskRelations.Steps(scale.Options),
            },
        };

    /// <summary>A logistic regression on the words.</summary>
    private static Arm OfCounts => new WordCounts(PretrainingExperiment.Counts,
        Lingua.Preset("labels", 1).Words.ToList().IndexOf("not"))
    {
        Sets = Sets, At = scale => scale with { Labels = scale.Labels * Sets * Few / 512 },
    };
}
