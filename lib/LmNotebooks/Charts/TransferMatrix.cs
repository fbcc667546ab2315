using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>Which task helps which: what each gains when another is learned too.</summary>
public static class TransferMatrix
{
    private const string Title = "What a task gains when another is learned too";

    /// <summary>The matrix of all pairs that the records have together and alone.</summary>
    /// <inheritdoc cref="TaskGains.Of(IEnumerable{RunRecord}, bool)"/>
    public static Figure Of(IReadOnlyList<RunRecord> records, bool equalUpdates = false)
    {
        var gains = TaskGains.Of(records, equalUpdates);
        return Draw($"{Title}{(equalUpdates ? ", at equal updates" : "")}", TaskGains.TasksOf(gains, records), gains)
            .From(TaskGains.RunsOf(records, equalUpdates));
    }

    /// <summary>A row for each task that is added and a column for each that is judged. In a cell stands the gain of
    /// the judged task in percentage points of the way, mean over the seeds, with a star where the 95 % interval leaves
    /// out 0; on the diagonal, without colour, how far the task comes alone, in percent of the way.</summary>
    /// <param name="tasks">In the order of rows and columns.</param>
    /// <param name="gains">At most one for each pair; a pair without one has an empty cell.</param>
    /// <exception cref="ArgumentException">There is no gain, or one is of a task that is not named; one
    /// sentence.</exception>
    public static Figure Of(IReadOnlyList<string> tasks, IReadOnlyList<TaskGain> gains) => Draw(Title, tasks, gains);

    private static Figure Draw(string title, IReadOnlyList<string> tasks, IReadOnlyList<TaskGain> gains)
    {
        if (gains.Count == 0) throw new ArgumentException("There is no gain: learn two tasks together.");
        if (gains.SelectMany(g => (string[])[g.Added, g.Judged]).Except(tasks).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is a gain of '{unknown}': the tasks are {string.Join(", ", tasks)}.");
        var (values, texts) = (new double[tasks.Count, tasks.Count], new string[tasks.Count, tasks.Count]);
        foreach (var (row, added) in tasks.Index())
            foreach (var (column, judged) in tasks.Index())
                (values[row, column], texts[row, column]) = added == judged ? (double.NaN, Alone(judged, gains))
                    : gains.FirstOrDefault(g => g.Added == added && g.Judged == judged) is { } gain
                    ? (gain.Points.Value, $"{TaskGain.Signed(gain.Points.Value)}{(gain.IsSure ? "*" : "")}")
                    : (double.NaN, "");
        return new Figure(title,
            new Axis($"gain of, in points of the way (diagonal: alone, %)\n{Told(gains)}", Categories: tasks),
            new Axis("", Categories: [.. tasks.Select(added => $"+ {added}")]),
            [new Heat("gain (points of the way)", values) { Texts = texts, IsSigned = true }],
            Caption(gains));
    }

    private static string Alone(string task, IReadOnlyList<TaskGain> gains)
    {
        var alone = gains.Where(g => g.Judged == task).SelectMany(g => g.Seeds).DistinctBy(s => s.Seed).ToList();
        return alone.Count == 0 ? "" : $"{Numbers.Text(100 * alone.Average(s => s.B), 0)} %";
    }

    private static string Told(IReadOnlyList<TaskGain> gains)
    {
        var spans = gains.Select(g => g.Points).ToList();
        var counts = spans.Where(s => s.Few.Count == 0).Select(s => s.Count).ToList();
        if (counts.Count == 0)
            return $"{spans.Min(s => s.Count)} seed{(spans.Max(s => s.Count) > 1 ? "s" : "")}: too few for intervals";
        return $"*: the 95 % interval over {(counts.Min() == counts.Max() ? $"{counts[0]}"
            : $"{counts.Min()} to {counts.Max()}")} seeds leaves out 0";
    }

    private static string Caption(IReadOnlyList<TaskGain> gains)
    {
        var (most, least) = (gains.MaxBy(g => g.Points.Value)!, gains.MinBy(g => g.Points.Value)!);
        static string Text(TaskGain g) => $"{g.Judged} when {g.Added} is learned too, {TaskGain.Signed(g.Points)}";
        var (up, down) = (gains.Count(g => g.IsSure && g.Points.Value > 0),
            gains.Count(g => g.IsSure && g.Points.Value < 0));
        return Numbers.Sentence([$"The most is gained by {Text(most)} points of the way"
            + (gains.Count > 1 ? $", the least by {Text(least)}" : ""),
            gains.All(g => g.Points.Few.Count > 0) ? "there are too few seeds for intervals"
            : $"of {gains.Count} gains {up} are above 0 and {down} below with their intervals"]);
    }
}
