using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>Memory for what the passes of one step compute. It is used again for every step: memory that is given back
/// and asked for anew each time costs as much as a tenth of a small step. Who opens an arena serves the passes of that
/// thread; where none is open, they make tensors of their own.</summary>
internal sealed class Arena : IDisposable
{
    private const long Alignment = 16;   // numbers of 4 bytes in the line of a cache

    [ThreadStatic] private static Arena? current;

    private readonly Arena? outer = current;
    private Tensor memory = empty(0).DetachFromDisposeScope();
    private long used, most;

    private Arena() => current = this;

    /// <summary>Begins to serve this thread.</summary>
    public static Arena Open() => new();

    /// <summary>Takes everything back, and has room for as much as was wanted before. What was taken must not be used
    /// any more.</summary>
    public void Reset()
    {
        if (most > memory.numel())
        {
            memory.Dispose();
            memory = empty(most + most / 8).DetachFromDisposeScope();
        }
        used = 0;
    }

    /// <summary>A tensor [rows, columns] of numbers that mean nothing yet. It is valid until the arena is reset, and
    /// belongs to the caller's dispose scope.</summary>
    public static Tensor Take(long rows, long columns)
    {
        if (current is not { } arena) return empty(rows, columns);
        var begin = arena.used;
        arena.used += (rows * columns + Alignment - 1) / Alignment * Alignment;
        arena.most = Math.Max(arena.most, arena.used);
        return arena.used > arena.memory.numel() ? empty(rows, columns)
            : arena.memory.as_strided([rows, columns], [columns, 1], begin);
    }

    /// <summary>Does some work, and takes back what it took.</summary>
    public static void Scratch(Action work)
    {
        var begin = current?.used ?? 0;
        using (NewDisposeScope()) work();
        if (current is { } arena) arena.used = begin;
    }

    public void Dispose()
    {
        memory.Dispose();
        current = outer;
    }
}
