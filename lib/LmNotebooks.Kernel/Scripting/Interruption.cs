using System.ComponentModel;
using System.Runtime.CompilerServices;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>What <see cref="Instrumentation"/> makes cells call, so that a cell can be interrupted wherever it
/// is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interruption
{
    /// <summary>Number of interrupted cells that may still have work to stop: while it is 0, a check is one
    /// read.</summary>
    private static int interrupted;

    /// <summary>In every turn of a loop.</summary>
    /// <exception cref="OperationCanceledException">The caller's cell was interrupted.</exception>
    public static void Check()
    {
        if (Volatile.Read(ref interrupted) != 0) Stop();
    }

    /// <summary>At the beginning of every function.</summary>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep: an error of the cell, not the
    /// end of the process.</exception>
    /// <exception cref="OperationCanceledException">The caller's cell was interrupted.</exception>
    public static void Enter()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Check();
    }

    /// <summary>Around everything awaited: waits no longer than until the cell is interrupted.</summary>
    public static Task Await(Task task) => task.WaitAsync(Token);

    public static Task<T> Await<T>(Task<T> task) => task.WaitAsync(Token);

    public static Task Await(ValueTask task) => task.AsTask().WaitAsync(Token);

    public static Task<T> Await<T>(ValueTask<T> task) => task.AsTask().WaitAsync(Token);

    public static T Await<T>(T awaitable) where T : allows ref struct => awaitable;

    internal static void Begin() => Interlocked.Increment(ref interrupted);

    internal static void End() => Interlocked.Decrement(ref interrupted);

    private static CancellationToken Token => RunHost.Current.Cancellation;

    private static void Stop() => Token.ThrowIfCancellationRequested();
}
