using LmNotebooks.Experiments;
using LmNotebooks.Strategies;
using static LmNotebooks.Lessons.SixTasks;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: each task alone, and each pair of tasks together. Shown, not judged.</summary>
public static class MultiTaskTransferExperiment
{
    /// <summary>Answers to a question for each sentence to translate, and passes over the sentences. Every task is seen
    /// as often: the fewer its examples, the more passes.</summary>
    internal const double Answers = 0.125, Epochs = 4;

    private const int Seeds = 4;

    public static Experiment Definition { get; } = new("multi-task-transfer",
        "Which tasks help which?", World(Answers),
        [
            .. All.Select(task => Arm(task, 1, task) with { Repeats = Seeds }),
            .. Pairs.Select(pair => Arm(NameOf(pair.One, pair.Other), 1, pair.One, pair.Other) with
            {
                Repeats = Seeds,
            }),
            .. Pairs.Select(pair => Arm($"{NameOf(pair.One, pair.Other)}, equal updates", 0.5, pair.One, pair.Other)),
            Arm("all six", 1, All),
        ], [])
    {
        Measurements = [.. All.Select(TaskMeasurements.OfWay)],
    };

    /// <summary>All pairs, each once.</summary>
    internal static IEnumerable<(string One, string Other)> Pairs =>
        from i in Enumerable.Range(0, All.Count) from j in Enumerable.Range(0, i) select (All[j], All[i]);

    internal static string NameOf(string one, string other) => $"{one} and {other}";

    /// <param name="share">Of the usual number of examples seen of each task.</param>
    internal static Tasked Arm(string name, double share, params IReadOnlyList<string> tasks) =>
        new(name, new MultiTask
        {
            Temperature = double.PositiveInfinity,
            Epochs = share * Epochs / (tasks[0] == Translation ? 1 : Answers),
        }, tasks)
        {
            Gallery = true, At = SixTasks.At,
        };
}
