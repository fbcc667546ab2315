using System.Collections.Concurrent;

namespace LmNotebooks.Training;

/// <summary>What surrounds a run: where its progress goes and what stops it. The host that executes a cell or a command
/// sets it for the asynchronous flow it starts; everywhere else it is empty, and nothing is drawn.</summary>
public sealed record RunHost(IProgress<TrainingProgress>? Progress, CancellationToken Cancellation)
{
    private static readonly AsyncLocal<RunHost?> Flow = new();

    private readonly ConcurrentBag<Task> runs = [];
    private int underWay;

    public static RunHost Current
    {
        get => Flow.Value ?? Elsewhere() ?? new RunHost(null, CancellationToken.None);
        set => Flow.Value = value;
    }

    /// <summary>Finds the host of a flow that a program other than ours started; null where there is none.</summary>
    internal static Func<RunHost?> Elsewhere { get; set; } = () => null;

    /// <summary>Called at the end of a run while no other is under way.</summary>
    internal Action Rested { get; init; } = () => { };

    /// <summary>Ends with the runs under way on threads of their own. Cancelling ends them, but not at once: they
    /// finish their step and keep where they are.</summary>
    public Task Runs => Task.WhenAll(runs.Where(r => !r.IsCompleted));

    /// <summary>Starts a run on a thread of its own.</summary>
    public Task<T> Start<T>(Func<T> work)
    {
        Interlocked.Increment(ref underWay);
        var run = Task.Factory.StartNew(() =>
        {
            try { return work(); }
            finally { if (Interlocked.Decrement(ref underWay) == 0) Rested(); }
        }, TaskCreationOptions.LongRunning);
        runs.Add(run.ContinueWith(_ => { }, TaskScheduler.Default));   // not the run itself: it holds its model
        return run;
    }
}
