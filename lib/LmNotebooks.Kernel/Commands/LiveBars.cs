using System.Globalization;
using LmNotebooks.Training;
using Spectre.Console;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Bars in a terminal: one for the whole, and below it one for each training run under way.</summary>
internal sealed class LiveBars
{
    private const int BarWidth = 12, BarAndPercent = BarWidth + 6;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ProgressTask> trainings = [];
    private readonly ProgressContext context;
    private readonly ProgressTask whole;

    private LiveBars(string name, ProgressContext context) =>
        (this.context, whole) = (context, context.AddTask(Markup.Escape(name)));

    /// <summary>Whether somebody watches: false where the output is a file or a pipe.</summary>
    public static bool Possible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;

    public static Task<T> DrawAsync<T>(string name, Func<LiveBars, Task<T>> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth },
            new PercentageColumn())
        .StartAsync(context => work(new LiveBars(name, context)));

    /// <summary>One line about a training run.</summary>
    public static string Describe(TrainingProgress p) => string.Create(CultureInfo.InvariantCulture,
        $"{p.Run}: step {p.Step:N0}/{p.Steps:N0}, {p.TokensPerSecond:N0} tokens/s, loss {p.Loss:F3}, ")
        + TimeLeft.Text(p.Remaining);

    public void Whole(string text, double done, double of) => Set(whole, text, done, of);

    public void Training(TrainingProgress p)
    {
        lock (gate)
        {
            if (!trainings.TryGetValue(p.Run, out var bar))
                trainings[p.Run] = bar = context.AddTask(Markup.Escape(p.Run));
            Set(bar, Describe(p), p.Step, p.Steps);
        }
    }

    /// <summary>Takes away the bars of these runs; of all where none is named.</summary>
    public void Ended(params IReadOnlyList<string> runs)
    {
        lock (gate)
            foreach (var run in runs.Count > 0 ? runs : [.. trainings.Keys])
                if (trainings.Remove(run, out var bar)) context.RemoveTask(bar);
    }

    public void Stop() => whole.StopTask();

    private static void Set(ProgressTask bar, string text, double value, double most)
    {
        // Short enough that the bar beside it does not break the line.
        bar.Description = Markup.Escape(text[..Math.Clamp(AnsiConsole.Profile.Width - BarAndPercent, 1, text.Length)]);
        (bar.MaxValue, bar.Value) = (most, value);
    }
}
