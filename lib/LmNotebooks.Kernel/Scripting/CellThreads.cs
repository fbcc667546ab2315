namespace LmNotebooks.Kernel.Scripting;

/// <summary>Threads of one cell. What it awaits goes on on an idle one or, while all are busy, on a new one: waiting
/// for a task inside a cell cannot deadlock, and a blocked thread of a cell can be told from everybody
/// else's.</summary>
/// <param name="enter">Makes a thread one of the cell, also for what is posted to it without a flow of control, as by
/// <see cref="Progress{T}"/>.</param>
/// <param name="fail">Receives what escapes from a background task.</param>
internal sealed class CellThreads(Action enter, Action<Exception> fail) : SynchronizationContext
{
    private const int StackBytes = 16 << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(0.5);

    private readonly object gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> waiting = [];
    private readonly List<Thread> busy = [];
    private int idle;
    private volatile bool closed;

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (gate)
        {
            if (closed) return;
            waiting.Enqueue((d, state));
            if (waiting.Count <= idle) Monitor.Pulse(gate);
            else new Thread(Work, StackBytes) { IsBackground = true, Name = "cell" }.UnsafeStart();
        }
    }

    /// <summary>Wakes every thread that waits, with a <see cref="ThreadInterruptedException"/>.</summary>
    /// <returns>Whether there is work for any thread.</returns>
    public bool Interrupt()
    {
        lock (gate)
        {
            foreach (var thread in busy) thread.Interrupt();
            return busy.Count + waiting.Count > 0;
        }
    }

    /// <summary>Drops everything that would go on later.</summary>
    public void Close() => closed = true;

    private void Work()
    {
        SetSynchronizationContext(this);
        enter();
        while (true)
        {
            try
            {
                if (Next() is not var (callback, state)) return;
                callback(state);
            }
            catch (ThreadInterruptedException) { } // also one that came too late to wake the cell
            catch (Exception e) { ThreadPool.QueueUserWorkItem(fail, e, preferLocal: false); }
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (gate)
        {
            busy.Remove(Thread.CurrentThread);
            while (waiting.Count == 0)
            {
                idle++;
                try
                {
                    if (!Monitor.Wait(gate, Idle) && waiting.Count == 0) return null;
                }
                finally { idle--; }
            }
            busy.Add(Thread.CurrentThread);
            return waiting.Dequeue();
        }
    }
}
