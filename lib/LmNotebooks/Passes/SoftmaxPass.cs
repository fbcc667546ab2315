using System.Numerics;
using System.Runtime.CompilerServices;

namespace LmNotebooks.Passes;

/// <summary>Softmax of a row: p = exp(x) / sum exp(x). The largest is taken off first, so that nothing
/// overflows.</summary>
/// <remarks>Backward, with g = dL/dp: dp/dx = diag(p) - p p', so dL/dx = p (g - p . g).</remarks>
internal static unsafe class SoftmaxPass
{
    private static int Lanes => Vector<float>.Count;

    /// <summary>Puts exp(scale (x - largest)) in the place of x.</summary>
    /// <returns>The largest x, and the sum of what is there now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Largest, float Sum) Exponentiate(float* row, int count, float scale)
    {
        var whole = count - count % Lanes;
        var highest = new Vector<float>(float.NegativeInfinity);
        for (var i = 0; i < whole; i += Lanes) highest = Vector.Max(highest, Vector.Load(row + i));
        var largest = highest[0];
        for (var lane = 1; lane < Lanes; lane++) largest = MathF.Max(largest, highest[lane]);
        for (var i = whole; i < count; i++) largest = MathF.Max(largest, row[i]);
        var (sum, off) = (Vector<float>.Zero, new Vector<float>(largest));
        for (var i = 0; i < whole; i += Lanes)
        {
            var e = Exponential.Of((Vector.Load(row + i) - off) * scale);
            e.Store(row + i);
            sum += e;
        }
        if (whole == count) return (largest, Vector.Sum(sum));
        var rest = stackalloc float[Lanes];
        for (var i = whole; i < count; i++) rest[i - whole] = row[i];
        var last = Exponential.Of((Vector.Load(rest) - off) * scale);
        var total = Vector.Sum(sum);
        for (var i = whole; i < count; i++) total += row[i] = last[i - whole];
        return (largest, total);
    }

    /// <summary>Of rows of attention scores, x, that lie in whole vectors: softmax(scale x) of the first so many, and
    /// zero after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* row, int count, int width, float scale)
    {
        var (nothing, end) = (new Vector<float>(float.NegativeInfinity), (count + Lanes - 1) / Lanes * Lanes);
        // of the last vector, what counts
        var beyond = Vector.LessThan(Vector<float>.Indices, new Vector<float>(count - (end - Lanes)));
        Vector.ConditionalSelect(beyond, Vector.Load(row + end - Lanes), nothing).Store(row + end - Lanes);
        var (_, sum) = Exponentiate(row, end, scale);
        var share = new Vector<float>(1 / sum);
        for (var i = 0; i < end; i += Lanes) (Vector.Load(row + i) * share).Store(row + i);
        for (var i = end; i < width; i += Lanes) Vector<float>.Zero.Store(row + i);
    }

    /// <summary>Puts scale dL/dx in the place of dL/dp; where p is zero, zero. Rows lie in whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* gradient, float* p, int count, int width, float scale)
    {
        var (sum, end) = (Vector<float>.Zero, (count + Lanes - 1) / Lanes * Lanes);
        for (var i = 0; i < end; i += Lanes) sum += Vector.Load(gradient + i) * Vector.Load(p + i);
        var mean = new Vector<float>(Vector.Sum(sum));
        for (var i = 0; i < end; i += Lanes)
            ((Vector.Load(gradient + i) - mean) * Vector.Load(p + i) * scale).Store(gradient + i);
        for (var i = end; i < width; i += Lanes) Vector<float>.Zero.Store(gradient + i);
    }
}
