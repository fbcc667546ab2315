using System.Numerics;
using System.Runtime.CompilerServices;

namespace LmNotebooks.Passes;

/// <summary>Arithmetic of rows of any length.</summary>
internal static unsafe class Rows
{
    /// <summary>Adds a row to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* to, float* row, int count)
    {
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            (Vector.Load(to + i) + Vector.Load(row + i)).Store(to + i);
        for (; i < count; i++) to[i] += row[i];
    }

    /// <summary>Multiplies a row with a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* row, float by, int count)
    {
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count) (Vector.Load(row + i) * by).Store(row + i);
        for (; i < count; i++) row[i] *= by;
    }
}
