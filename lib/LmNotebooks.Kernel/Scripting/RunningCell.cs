using System.Diagnostics;
using LmNotebooks.Figures;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>One execution of a cell: its threads, its console, its training runs, and how it is interrupted.</summary>
internal sealed class RunningCell
{
    /// <summary>Between attempts to wake what waits; and after how long a cell that does not stop is told about, or
    /// given up if it waits for something that nobody will do.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(2);

    private const string Stuck =
        "The cell is in a call that cannot be interrupted: it ends when that call ends; "
        + "if it does not, restart the kernel.\n";

    private readonly CancellationTokenSource source = new();
    private readonly CellConsole console;
    private readonly CellThreads threads;
    private readonly TrainingDisplay training;
    private readonly RunHost host;
    private string? trainingId;
    private int interrupted;

    public RunningCell(IOutput output)
    {
        console = new CellConsole(output, source.Token);
        threads = new CellThreads(Enter, console.Fail);
        training = new TrainingDisplay(Show, output.Progress);
        host = new RunHost(training, source.Token);
    }

    /// <summary>Runs the cell on threads of its own until it ends, or is interrupted by the token.</summary>
    public async Task<CellResult> RunAsync(Func<CancellationToken, Task<CellResult>> execute, CancellationToken token)
    {
        var ended = new TaskCompletionSource<CellResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        threads.Post(async _ => ended.SetResult(await GuardAsync(execute)), null);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (token.UnsafeRegister(_ => stopped.SetResult(), null)) await Task.WhenAny(ended.Task, stopped.Task);
        var over = ended.Task.IsCompleted || await InterruptAsync(ended.Task, host.Runs);
        training.End();
        console.Flush();
        return over ? await ended.Task : new CellResult(null, Errors.Interrupted());
    }

    /// <summary>Ends the watch over what the cell may have left behind in other threads.</summary>
    public void Forget()
    {
        if (Interlocked.Exchange(ref interrupted, 0) != 0) Interruption.End();
    }

    private void Show(TrainingView view)
    {
        if (trainingId is not null) console.Update(MimeBundle.Of(view), trainingId);
        else console.Display(MimeBundle.Of(view), trainingId = Guid.NewGuid().ToString("N"));
    }

    private void Enter()
    {
        console.Enter();
        RunHost.Current = host;
    }

    private async Task<CellResult> GuardAsync(Func<CancellationToken, Task<CellResult>> execute)
    {
        console.Begin();
        try { return await execute(source.Token); }
        catch (Exception e) { return new CellResult(null, source.IsCancellationRequested && Errors.IsInterrupt(e)
            ? Errors.Interrupted(e) : Errors.Of(e)); }
    }

    /// <param name="runs">Training that the cell started: it is waited for, so that it is kept when the cell has
    /// ended.</param>
    /// <returns>Whether the cell ended. Otherwise it waits for something that does not come, and what would follow will
    /// not run.</returns>
    private async Task<bool> InterruptAsync(Task ended, Task runs)
    {
        var all = Task.WhenAll(ended, runs);
        interrupted = 1;
        Interruption.Begin();
        _ = source.CancelAsync(); // what it calls back may be code of the cell, and take long
        var clock = Stopwatch.StartNew();
        for (var told = false; ;)
        {
            if (await Task.WhenAny(all, Task.Delay(Pause)) == all) return true;
            var busy = threads.Interrupt() || !runs.IsCompleted;
            if (clock.Elapsed < Patience) continue;
            if (!busy)
            {
                threads.Close();
                return false;
            }
            if (told) continue;
            told = true;
            console.Write("stderr", Stuck);
            console.Flush();
        }
    }
}
