using System.Diagnostics;
using System.Globalization;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Draws the execution of a notebook: live bars in a terminal, plain lines where the output is a file or a
/// pipe.</summary>
internal static class ProgressView
{
    public static Task<NotebookResult> DrawAsync(string name, Func<IProgress<NotebookEvent>,
        Task<NotebookResult>> run) =>
        LiveBars.Possible ? LiveBars.DrawAsync(name, bars => run(new Bars(name, bars))) : run(new Lines(name));

    /// <summary>A bar for the notebook, and below it one for each training run of the current cell.</summary>
    private sealed class Bars(string name, LiveBars bars) : IProgress<NotebookEvent>
    {
        private CellStarted? cell;

        public void Report(NotebookEvent value)
        {
            switch (value)
            {
                case CellStarted started:
                    cell = started;
                    Whole(started.Cell - 1);
                    break;
                case CellTrained trained:
                    bars.Training(trained.Progress);
                    break;
                case CellEnded ended:
                    Whole(ended.Cell);
                    bars.Ended();
                    break;
                case RunEnded:
                    bars.Stop();
                    break;
            }
        }

        private void Whole(int done) => bars.Whole($"{name}: cell {cell!.Cell} of {cell.Cells}", done, cell.Cells);
    }

    /// <summary>A line for each cell that ends, and one now and then while it trains.</summary>
    private sealed class Lines(string name) : IProgress<NotebookEvent>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
        private int cells;
        private long lastTraining = Stopwatch.GetTimestamp();

        public void Report(NotebookEvent value)
        {
            switch (value)
            {
                case CellStarted started:
                    cells = started.Cells;
                    break;
                case CellTrained { Progress: var p } when Stopwatch.GetElapsedTime(lastTraining) > Pause:
                    lastTraining = Stopwatch.GetTimestamp();
                    Console.WriteLine(LiveBars.Describe(p));
                    break;
                case CellEnded ended:
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{name}: cell {ended.Cell} of {cells}, {ended.Seconds:F1} s"));
                    break;
            }
        }
    }
}
