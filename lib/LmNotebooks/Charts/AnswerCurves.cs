using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>How many questions are answered rightly, against how many answers were learned from.</summary>
public static class AnswerCurves
{
    /// <summary>A line for each method: the mean accuracy over the seeds with its 95 % t-interval. The question is
    /// decided by the text, so the truth has 1.</summary>
    /// <param name="chance">Accuracy of a guess.</param>
    /// <param name="methods">Their names, which are those of arms without the number of answers; none for all that were
    /// tried with several numbers.</param>
    /// <exception cref="ArgumentException">There is no such method; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, double chance = 0.5,
        params IReadOnlyList<string> methods)
    {
        var found = records.Tests().GroupBy(r => r.Method).ToList();
        var unknown = methods.Except(found.Select(m => m.Key)).FirstOrDefault();
        if (unknown is not null) throw new ArgumentException($"There is no test run of '{unknown}': there are those of "
            + $"{string.Join("; ", found.Select(m => m.Key))}.");
        var chosen = found.Where(m => methods.Count > 0 ? methods.Contains(m.Key) : Several(m)).ToList();
        if (chosen.Count == 0) throw new ArgumentException("No method was tried with several numbers of answers: name "
            + "the methods to draw.");

        var points = (from method in chosen
                      from runs in method.GroupBy(r => r.Result!.Labels)
                      select (Line: method.Key, Name: (string?)null, X: (double)runs.Key,
                          Value: runs.Interval(Answers.Accuracy))).ToList();
        var drawn = chosen.SelectMany(m => m).ToList();
        var usual = drawn.Find(r => r.IsUsual)?.Result!.Labels ?? drawn.Min(r => r.Result!.Labels);
        return MeasuredCurves.Of(new Axis("answers to learn from", Log: true), new Axis(Answers.Accuracy),
            [new Reference("1: the truth", 1), new Reference($"{Numbers.Tick(chance)}: chance", chance, Below: true)],
            points, After(usual, points.Where(p => p.X == usual).Select(p => (p.Line, p.Value)))).From(drawn);
    }

    private static bool Several(IEnumerable<RunRecord> method) =>
        method.Select(r => r.Result!.Labels).Distinct().Count() > 1;

    private static string After(double answers, IEnumerable<(string Method, Spread Accuracy)> methods)
    {
        var order = Answers.Ranked(methods.Select(m => (m.Method, m.Accuracy.Value, Numbers.Text(m.Accuracy, 2))),
            "is right most often, accuracy");
        return $"After {Numbers.Tick(answers)} answers {string.Join(", ", order)}; ";
    }
}
