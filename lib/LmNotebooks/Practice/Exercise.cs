using System.Net;
using System.Runtime.CompilerServices;
using LmNotebooks.Figures;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Practice;

/// <summary>A question with its judge, its hints, and the wrong answers that are likely. It answers open, right or not
/// yet, and never with the value. It never throws, so that a page with open exercises still runs to its end. A cell
/// that names it shows its question.</summary>
/// <typeparam name="T">What an answer is: a number, a function, a strategy, a record.</typeparam>
[TypeFormatterSource(typeof(ExerciseFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Exercise<T> : IExercise
{
    private readonly Judge<T> judge;

    internal Exercise(ExerciseKind kind, Difficulty difficulty, Judge<T> judge, [CallerMemberName] string name = "") =>
        (Kind, Difficulty, this.judge, Name) = (kind, difficulty, judge, name);

    public string Name { get; }
    public ExerciseKind Kind { get; }
    public Difficulty Difficulty { get; }
    public required string Question { get; init; }

    internal IReadOnlyList<string> Hints { get; init; } = [];

    internal IReadOnlyList<Misconception<T>> Misconceptions { get; init; } = [];

    /// <summary>Whether an answer is what stands in the cell before anybody has answered; null is that
    /// always.</summary>
    internal Func<T, bool> IsUnedited { get; init; } = _ => false;

    /// <summary>How an answer stands. Null, NaN, a function that gives nothing else or is not implemented, and what
    /// stands in the unedited cell are open.</summary>
    public Feedback Check(T? answer)
    {
        try
        {
            if (answer is null || IsUnedited(answer)) return Open();
            var seen = judge.See(answer);
            if (seen.All(double.IsNaN)) return Open();
            if (judge.Accepts(seen)) return new(Outcome.Right, Name, "", "", Hints);
            var thought = Misconceptions.FirstOrDefault(m => m.Fits(answer, seen, judge));
            return NotYet(thought?.Name, thought?.Thought ?? "Try it on the smallest case that you can do by hand.");
        }
        catch (NotImplementedException) { return Open(); }
        // an answer is code, and may fail in any way
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return NotYet(null, $"Your code says: {e.Message.Split('\n')[0].TrimEnd()}");
        }
    }

    public string Hint(int number = 1) => number >= 1 && number <= Hints.Count ? Hints[number - 1]
        : $"There is no hint {number}: they are numbered from 1 to {Hints.Count}.";

    /// <summary>The stars, the name and the question.</summary>
    public override string ToString() => $"{new string('★', (int)Difficulty)} {Feedback.Spaced(Name)}. {Question}";

    private Feedback Open() => new(Outcome.Open, Name, "", "", Hints);

    private Feedback NotYet(string? misconception, string why) =>
        new(Outcome.NotYet, Name, misconception ?? "", why, Hints);
}

/// <summary>Finds the formatters of exercises, by the convention of .NET notebooks.</summary>
internal sealed class ExerciseFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
        [new MimeFormatter<IExercise>("text/html", e => $"<div>{WebUtility.HtmlEncode($"{e}")}</div>"),
            new MimeFormatter<IExercise>("text/plain", e => $"{e}")];
}
