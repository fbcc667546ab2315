using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Questions;
using LmNotebooks.Strategies;
using LmNotebooks.Training;

namespace LmNotebooks.Lessons;

/// <summary>Notebook 09: a task with few answers, and a second one with more, of which it is known how far they agree:
/// both ask for the sign of a score, and alpha is the correlation of the scores. No distribution of words shows either.
/// They share one head, or each has its own.</summary>
internal static class TaskRelations
{
    /// <summary>The goal, as a task and as an arm that learns nothing else.</summary>
    public const string Goal = "sign", Alone = "alone";

    /// <summary>How often the answers of the goal are seen.</summary>
    public const double Epochs = 20;

    /// <summary>Sets of answers of the goal.</summary>
    public const int Sets = 2;

    /// <summary>Texts in a step.</summary>
    public const int Rows = 32;

    /// <summary>Answers of the second task to one of a set of the goal.</summary>
    private const int Others = 4;

    private const double Share = 0.5;      // of the answers of the scale

    public static IReadOnlyList<double> Alphas { get; } = [1, 0.5, 0, -0.5, -1];

    public static IWorld World { get; } = new Experiments.Tasks("labels",
    [
        new Asking(Goal, Scores), .. from alpha in Alphas from shared in new[] { true, false } select
            Second(Second(alpha, shared), alpha, shared),
        .. from shared in new[] { true, false } select Second(Permuted(shared), 1, shared) with { Permuted = true },
    ]);

    /// <summary>The name of a second task, and of the arm that learns it too.</summary>
    public static string Second(double alpha, bool shared) =>
        FormattableString.Invariant($"alpha {alpha}, {Heads(shared)}");

    /// <summary>Of one whose answers are dealt out at random.</summary>
    public static string Permuted(bool shared) => $"permuted, {Heads(shared)}";

    /// <summary>An arm that learns the goal, and perhaps a second task.</summary>
    /// <param name="strategy">Null for <see cref="MultiTask"/> with the usual epochs.</param>
    public static Tasked Arm(string name, string? second, IStrategy? strategy = null) =>
        new(name, strategy ?? new MultiTask { Epochs = Epochs }, second is null ? [Goal] : [Goal, second])
        {
            Sets = Sets, At = scale => scale with
            {
                Labels = (int)(Share * scale.Labels), Options = Steps(scale.Options),
            },
        };

    /// <summary>An arm whose second task is called as it is.</summary>
    public static Tasked Arm(string second) => Arm(second, second);

    /// <summary>Steps of so many texts, and few evaluations on the way.</summary>
    public static TrainingOptions Steps(TrainingOptions options) => options with { BatchRows = Rows, Evaluations = 2 };

    /// <summary>Each arm with half and twice the answers to all tasks.</summary>
    public static IEnumerable<Arm> TrendOf(IEnumerable<Arm> arms) =>
        from arm in arms
        from times in new[] { 0.5, 2 }
        select arm with
        {
            Name = FormattableString.Invariant($"{arm.Name}, text x {times}"), Gallery = true, TunedAs = arm.Name,
            At = scale => arm.At(scale) is var own ? own with { Labels = (int)(times * own.Labels) } : scale,
        };

    private static SignLabel Scores(Lingua language, int seed) => SignLabel.Of(language, 0.5, seed);

    private static Asking Second(string name, double alpha, bool shared) =>
        new(name, (language, seed) => Scores(language, seed).Related(alpha, seed))
        {
            // about other texts than the goal, the same for all of these
            Head = shared ? Goal : "second", Stream = 2, Examples = Others / (double)Sets,
        };

    private static string Heads(bool shared) => shared ? "one head" : "own heads";
}
