using System.Diagnostics;
using System.Net;
using LmNotebooks.Training;

namespace LmNotebooks.Figures;

/// <summary>Shows the training runs of a cell in one place: while they run, bars and a chart; at the end of the cell a
/// line for each, without times, so that executing again changes nothing.</summary>
/// <param name="show">Shows the view in the place of the one before it.</param>
/// <param name="next">Is told all of it, too.</param>
public sealed class TrainingDisplay(Action<TrainingView> show, IProgress<TrainingProgress>? next = null)
    : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1 / 3.0);

    private readonly Lock gate = new();
    private readonly List<Run> runs = [];
    private long? shown;
    private bool ended;

    public void Report(TrainingProgress value)
    {
        next?.Report(value);
        lock (gate)
        {
            // A name comes again, from its first steps on, when the run before it has ended or was stopped.
            var run = runs.LastOrDefault(r => r.Last.Run == value.Run);
            if (run is null || value.Step < run.Last.Step) runs.Add(run = new Run(value));
            run.Add(value);
            var over = value.Step >= value.Steps || value.Kept is not null;
            var due = shown is not { } last || Stopwatch.GetElapsedTime(last) >= Pause;
            if (ended ? over : due) Show(summary: ended);
        }
    }

    /// <summary>No run is under way.</summary>
    internal void Rest()
    {
        lock (gate) if (shown is not null) Show(summary: true);
    }

    /// <summary>The cell ended. A run that it left in the background is shown again when it is done.</summary>
    public void End()
    {
        lock (gate) ended = true;
        Rest();
    }

    private void Show(bool summary)
    {
        shown = Stopwatch.GetTimestamp();
        // In the order of their names: runs side by side report in any order.
        var sorted = runs.OrderBy(r => r.Last.Run.Length).ThenBy(r => r.Last.Run, StringComparer.Ordinal).ToList();
        var text = string.Join("\n", sorted.Select(r => summary ? r.Summary : r.Live));
        var html = !summary ? Table(sorted) + Chart(sorted)
            : string.Join("<br>", sorted.Select(r => WebUtility.HtmlEncode(r.Summary)));
        show(new TrainingView(html, text));
    }

    private static string Table(IEnumerable<Run> runs) =>
        $"<table><tbody>{string.Concat(runs.Select(r => $"<tr>{r.Row}</tr>"))}</tbody></table>";

    private static string Chart(IEnumerable<Run> runs)
    {
        var curves = runs.Select(r => r.Curve).OfType<Line>().ToList();
        if (curves.Count == 0) return "";
        var figure = new Figure("", new Axis("step"), new Axis("training loss (nats per token)"), curves,
            "Training loss against steps.");
        return $"<div style=\"max-width:480px\">{SvgRenderer.ToSvg(figure)}</div>";
    }

    private sealed class Run(TrainingProgress first)
    {
        private const int MostPoints = 60;
        private readonly List<double> steps = [], losses = [];

        public TrainingProgress Last { get; private set; } = first;

        /// <summary>Means over equal numbers of reports; null before there are two.</summary>
        public Line? Curve => steps.Count < 2 ? null : new Line(Last.Run, Means(steps), Means(losses));

        public string Row =>
            $"<td>{WebUtility.HtmlEncode(Last.Run)}</td><td><progress value=\"{Last.Step}\" "
            + $"max=\"{Last.Steps}\"></progress></td>"
            + string.Concat(Columns.Select(column => $"<td>{column}</td>"));

        public string Live => $"{Last.Run}: {string.Join(", ", Columns)}";

        public string Summary => Last.Kept is { } path
            ? $"{Last.Run}: stopped at {Position}, training loss {Loss}. Run the cell again: it goes on from there and "
                + "ends as if it had not been stopped. "
                + $"The model so far: LmNotebooks.Training.Checkpoint.Load(\"{path.Replace('\\', '/')}\")"
            : Last.Step < Last.Steps ? $"{Last.Run}: stopped at {Position}, training loss {Loss}"
            : FormattableString.Invariant($"{Last.Run}: {Last.Steps:N0} steps, training loss {Loss}");

        private string[] Columns =>
            [Position, FormattableString.Invariant($"{Last.TokensPerSecond:N0} tokens/s"), $"loss {Loss}",
                TimeLeft.Text(Last.Remaining)];

        private string Position => FormattableString.Invariant($"step {Last.Step:N0} of {Last.Steps:N0}");

        private string Loss => FormattableString.Invariant($"{Last.Loss:F3}");

        public void Add(TrainingProgress value)
        {
            Last = value;
            if (!double.IsFinite(value.Loss)) return;
            steps.Add(value.Step);
            losses.Add(value.Loss);
        }

        private static double[] Means(List<double> values) =>
            [.. values.Chunk((values.Count + MostPoints - 1) / MostPoints).Select(c => c.Average())];
    }
}
