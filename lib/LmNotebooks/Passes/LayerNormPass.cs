using System.Numerics;
using System.Runtime.CompilerServices;

namespace LmNotebooks.Passes;

/// <summary>Layer norm of each row (Ba et al. 2016): y = g n + b, where n = (x - mean) / s has mean 0 and variance
/// 1.</summary>
/// <remarks>Backward: with d = g dL/dy, the gradient that reaches n, dL/dx = (d - mean(d) - n mean(d n)) / s. The two
/// means are what goes through the mean and through s, on which every number of the row depends.</remarks>
internal static unsafe class LayerNormPass
{
    private const float Epsilon = 1e-5f;
    private static int Lanes => Vector<float>.Count;

    /// <summary>Fills y and n, and 1 / s of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Matrix x, float* gain, float* bias, Matrix y, Matrix normal, float* inverse)
    {
        for (var r = 0; r < x.Rows; r++)
        {
            float* from = x.Row(r), to = y.Row(r), n = normal.Row(r);
            var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var c = 0; c < x.Columns; c += Lanes) sum += Vector.Load(from + c);
            var mean = new Vector<float>(Vector.Sum(sum) / x.Columns);
            for (var c = 0; c < x.Columns; c += Lanes)
            {
                var centred = Vector.Load(from + c) - mean;
                squares += centred * centred;
                centred.Store(n + c);
            }
            inverse[r] = 1 / MathF.Sqrt(Vector.Sum(squares) / x.Columns + Epsilon);
            for (var c = 0; c < x.Columns; c += Lanes)
            {
                var scaled = Vector.Load(n + c) * inverse[r];
                scaled.Store(n + c);
                (scaled * Vector.Load(gain + c) + Vector.Load(bias + c)).Store(to + c);
            }
        }
    }

    /// <summary>Adds dL/dx to <paramref name="dx"/>, and to the gradients of gain and bias what is theirs, where these
    /// train.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Matrix dy, Matrix normal, float* inverse, float* gain, Matrix dx, float* dGain,
        float* dBias)
    {
        for (var r = 0; r < dy.Rows; r++)
        {
            float* d = dy.Row(r), n = normal.Row(r), to = dx.Row(r);
            var (sum, product) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var c = 0; c < dy.Columns; c += Lanes)
            {
                var (upstream, own) = (Vector.Load(d + c), Vector.Load(n + c));
                var reaches = upstream * Vector.Load(gain + c);
                sum += reaches;
                product += reaches * own;
                if (dGain == null) continue;
                (Vector.Load(dGain + c) + upstream * own).Store(dGain + c);
                (Vector.Load(dBias + c) + upstream).Store(dBias + c);
            }
            var mean = new Vector<float>(Vector.Sum(sum) / dy.Columns);
            var along = new Vector<float>(Vector.Sum(product) / dy.Columns);
            for (var c = 0; c < dy.Columns; c += Lanes)
            {
                var centred = Vector.Load(d + c) * Vector.Load(gain + c) - mean - Vector.Load(n + c) * along;
                (Vector.Load(to + c) + centred * inverse[r]).Store(to + c);
            }
        }
    }
}
