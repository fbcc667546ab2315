using LmNotebooks.Experiments;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Draws the runs of an experiment: live bars in a terminal, a line for each run that ends where the output is
/// a file or a pipe.</summary>
internal static class ExperimentView
{
    /// <param name="outcome">One line about a run that has ended.</param>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    /// <exception cref="CommandException">A run cannot begin: a real text, say, is too short for its seed or its
    /// scale.</exception>
    public static async Task<T> DrawAsync<T>(string name, Func<PlannedRun, string> outcome,
        Func<IProgress<ExperimentProgress>, Task<T>> work,
        CancellationToken token)
    {
        try
        {
            if (LiveBars.Possible) return await LiveBars.DrawAsync(name, bars => Work(new Bars(name, bars)));
            RunHost.Current = new RunHost(null, token);
            return await work(new Lines(name, outcome));
        }
        catch (ArgumentException e) { throw new CommandException(e.Message); }

        Task<T> Work(Bars bars)
        {
            RunHost.Current = new RunHost(bars, token);
            return work(bars);
        }
    }

    /// <summary>A bar for the experiment, and below it one for each run under way.</summary>
    private sealed class Bars(string name, LiveBars bars) : IProgress<ExperimentProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => bars.Training(value);

        public void Report(ExperimentProgress value)
        {
            if (value.Ended is { } run) bars.Ended(run.ToString());
            var left = value.Remaining is { } time ? $", {TimeLeft.Text(time)}" : "";
            bars.Whole($"{name}: {value.Done} of {value.Of} runs{left}", value.Done, value.Of);
        }
    }

    private sealed class Lines(string name, Func<PlannedRun, string> outcome) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.Ended is { } run) Console.WriteLine($"{name}: {value.Done} of {value.Of}, {run}: {outcome(run)}");
        }
    }
}
