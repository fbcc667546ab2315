using System.Collections.Concurrent;

namespace LmNotebooks.Training;

/// <summary>How far a training run is.</summary>
/// <param name="Run">Name of the run, unique among those under way.</param>
/// <param name="Step">Optimizer steps done in the whole run, of <paramref name="Steps"/>; all of them at its
/// end.</param>
/// <param name="Steps">The same number in every report of a run that draws nothing but the order of its rows. Else it
/// is planned, and the last report may have another, the true one.</param>
/// <param name="Loss">Training loss of the last reported step, nats per token.</param>
/// <param name="TokensPerSecond">Mean rate since the run began.</param>
/// <param name="Remaining">Estimated time to the end of the run.</param>
public sealed record TrainingProgress(string Run, string Stage, long Step, long Steps, double Loss,
    double TokensPerSecond, TimeSpan Remaining)
{
    /// <summary>The checkpoint of a run that was stopped, from which it can go on; null while it is under
    /// way.</summary>
    public string? Kept { get; init; }
}

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
    public Action Rested { get; init; } = () => { };

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
