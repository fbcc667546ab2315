using System.Diagnostics;
using System.Globalization;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Training;
using Spectre.Console;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Draws the execution of a notebook: a live bar in a terminal, plain lines where the output is a file or a pipe.</summary>
internal static class ProgressView
{
    private const int BarWidth = 12, BarAndPercent = BarWidth + 6;

    public static async Task<RunResult> DrawAsync(string name, Func<IProgress<RunEvent>, Task<RunResult>> run)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive) return await run(new Lines(name));
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn())
            .StartAsync(context => run(new Bars(name, context)));
    }

    private static string Describe(TrainingProgress p) => string.Create(CultureInfo.InvariantCulture,
        $"{p.Run}: step {p.Step:N0}/{p.Steps:N0}, {p.TokensPerSecond:N0} tokens/s, loss {p.Loss:F3}, {p.Remaining:m\\:ss} left");

    /// <summary>A bar for the notebook, and below it one for each training run of the current cell.</summary>
    private sealed class Bars(string name, ProgressContext context) : IProgress<RunEvent>
    {
        private readonly ProgressTask whole = context.AddTask(Markup.Escape(name));
        private readonly Dictionary<string, ProgressTask> trainings = [];

        /// <summary>Short enough that the bar beside it does not break the line.</summary>
        private static string OneLine(string text) => Markup.Escape(text[..Math.Clamp(AnsiConsole.Profile.Width - BarAndPercent, 1, text.Length)]);

        public void Report(RunEvent value)
        {
            switch (value)
            {
                case CellStarted started:
                    whole.Description = OneLine($"{name}: cell {started.Cell} of {started.Cells}");
                    whole.MaxValue = started.Cells;
                    whole.Value = started.Cell - 1;
                    break;
                case CellTrained { Progress: var p }:
                    var line = OneLine(Describe(p));
                    if (!trainings.TryGetValue(p.Run, out var bar)) trainings[p.Run] = bar = context.AddTask(line);
                    bar.Description = line;
                    bar.MaxValue = p.Steps;
                    bar.Value = p.Step;
                    break;
                case CellEnded ended:
                    whole.Value = ended.Cell;
                    foreach (var task in trainings.Values) context.RemoveTask(task);
                    trainings.Clear();
                    break;
                case RunEnded:
                    whole.StopTask();
                    break;
            }
        }
    }

    /// <summary>A line for each cell that ends, and one now and then while it trains.</summary>
    private sealed class Lines(string name) : IProgress<RunEvent>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
        private int cells;
        private long lastTraining = Stopwatch.GetTimestamp();

        public void Report(RunEvent value)
        {
            switch (value)
            {
                case CellStarted started:
                    cells = started.Cells;
                    break;
                case CellTrained { Progress: var p } when Stopwatch.GetElapsedTime(lastTraining) > Pause:
                    lastTraining = Stopwatch.GetTimestamp();
                    Console.WriteLine(Describe(p));
                    break;
                case CellEnded ended:
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: cell {ended.Cell} of {cells}, {ended.Seconds:F1} s"));
                    break;
            }
        }
    }
}
