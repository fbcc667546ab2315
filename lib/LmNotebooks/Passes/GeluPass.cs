using System.Numerics;
using System.Runtime.CompilerServices;

namespace LmNotebooks.Passes;

/// <summary>GELU (Hendrycks and Gimpel 2016): y = x F(x), F the share of a normal variable that is below x.</summary>
/// <remarks>Backward: dy/dx = F(x) + x f(x), f = F' the bell curve. It takes the same exponential as F, so the way
/// forward leaves it behind. With z = |x| / sqrt(2) and t = 1 / (1 + .4 z), the share beyond |x| is t (a1 + t (a2 +
/// ...)) exp(-z z) / 2. That is the form of Abramowitz and Stegun (1964, 7.1.26), with six coefficients, fitted so that
/// the largest error is 1.4e-8.</remarks>
internal static unsafe class GeluPass
{
    /// <summary>Puts y(x + b) in the place of x, and dy/dx into <paramref name="slope"/>.</summary>
    public static void Forward(Matrix x, float* bias, Matrix slope)
    {
        for (var r = 0; r < x.Rows; r++) Forward(x.Row(r), bias, slope.Row(r), x.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(float* x, float* bias, float* slope, int count)
    {
        var (one, half, bell) = (Vector<float>.One, new Vector<float>(.5f), new Vector<float>(0.398942280f));
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var v = Vector.Load(x + i) + Vector.Load(bias + i);
            var t = one / Vector.FusedMultiplyAdd(Vector.Abs(v), new Vector<float>(.4f * .707106781f), one);
            var exponential = Exponential.Of(v * v * -.5f);
            var polynomial = Vector.FusedMultiplyAdd(t, new Vector<float>(-.200277865f),
                new Vector<float>(.709226131f));
            polynomial = Vector.FusedMultiplyAdd(t, polynomial, new Vector<float>(-.371040702f));
            polynomial = Vector.FusedMultiplyAdd(t, polynomial, new Vector<float>(.468385398f));
            polynomial = Vector.FusedMultiplyAdd(t, polynomial, new Vector<float>(.161777228f));
            polynomial = Vector.FusedMultiplyAdd(t, polynomial, new Vector<float>(.231929779f));
            var beyond = half * t * polynomial * exponential;
            var below = Vector.ConditionalSelect(Vector.LessThan(v, Vector<float>.Zero), beyond, one - beyond);
            Vector.FusedMultiplyAdd(v * bell, exponential, below).Store(slope + i);
            (v * below).Store(x + i);
        }
    }

    /// <summary>Puts dL/dx in the place of dL/dy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix dy, Matrix slope)
    {
        for (var i = 0; i < dy.Rows * dy.Columns; i += Vector<float>.Count)
            (Vector.Load(dy.Data + i) * Vector.Load(slope.Data + i)).Store(dy.Data + i);
    }
}
