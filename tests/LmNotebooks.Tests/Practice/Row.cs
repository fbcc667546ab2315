using System.Globalization;
using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Practice;

/// <summary>An answer and what the exercise said of it.</summary>
/// <param name="Kind">Reference, right, wrong or open.</param>
internal sealed record Judged(string Kind, int Number, Feedback Feedback);

/// <summary>An exercise with its answers: a reference solution, right ones of other shape, wrong ones that are likely,
/// and those that count as unanswered.</summary>
internal sealed class Row
{
    private readonly Lazy<IReadOnlyList<Judged>> judged;

    private Row(IExercise exercise, IReadOnlyList<string> secrets, Func<IReadOnlyList<Judged>> judge) =>
        (Exercise, Secrets, judged) = (exercise, secrets, new(judge));

    /// <param name="secrets">Texts by which the answer would be given away.</param>
    public static Row Of<T>(Exercise<T> exercise, T reference, T[] right, T[] wrong, T?[] open, params string[] secrets)
    {
        if (reference is double number) secrets = [.. secrets, .. Written(number)];
        if (reference is Flaw flaw) secrets = [.. secrets, flaw.ToString()];
        IEnumerable<Judged> Judge(string kind, IEnumerable<T?> answers) =>
            answers.Select((answer, i) => new Judged(kind, i + 1, exercise.Check(answer)));
        return new(exercise, secrets, () => [.. Judge("reference", [reference]), .. Judge("right", right),
            .. Judge("wrong", wrong), .. Judge("open", open)]);
    }

    public IExercise Exercise { get; }
    public IReadOnlyList<string> Secrets { get; }

    public IReadOnlyList<Judged> Judged() => judged.Value;

    public static IEnumerable<string> Written(double value) => new[] { "G2", "G3", "G4", "G6", "F1", "F2", "F3" }
        .Select(format => value.ToString(format, CultureInfo.InvariantCulture)).Distinct();
}
