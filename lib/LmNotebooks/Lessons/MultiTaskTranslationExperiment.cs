using LmNotebooks.Experiments;
using LmNotebooks.Strategies;
using static LmNotebooks.Lessons.SixTasks;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: whether questions about the texts that a translator reads help it to translate.</summary>
public static class MultiTaskTranslationExperiment
{
    internal const string Alone = "alone", Helped = "with understanding", Dealt = "with permuted understanding";

    /// <summary>Passes over the sentences, and answers to each of the three questions for each sentence: all examples
    /// are seen as often.</summary>
    private const double Epochs = 5, Answers = 0.25;

    private const int Seeds = 8;

    public static Experiment Definition { get; } = new("multi-task-translation",
        "Do questions about what it reads help a translator?", World(Answers),
        [
            .. Judged,
            Arm(Dealt, Epochs, [.. Understanding.Select(Permuted)]) with
            {
                Gallery = true, TunedAs = Helped, Repeats = Seeds,
            },
            Arm("alone, equal updates", Epochs * (1 + 3 * Answers)) with { Gallery = true, TunedAs = Alone },
            Arm(Helped + ", seen less", Epochs, Understanding, temperature: 0.5) with
            {
                Gallery = true, TunedAs = Helped,
            },
            .. TaskRelations.TrendOf(Judged),
        ],
        [
            new("understanding", "Beside questions of understanding about its source, a translator is better after as "
                + "many sentences.", Helped, Alone),
        ])
    {
        Measurements = [.. All.Select(TaskMeasurements.OfWay)],
    };

    private static IReadOnlyList<Arm> Judged =>
        [Arm(Alone, Epochs), Arm(Helped, Epochs, Understanding)];

    private static Tasked Arm(string name, double epochs, IReadOnlyList<string>? beside = null,
        double temperature = 1) =>
        new(name, new MultiTask { Epochs = epochs, Temperature = temperature }, [Translation, .. beside ?? []])
        {
            At = SixTasks.At,
        };
}
