using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LmNotebooks.Models;
using TorchSharp;
using static LmNotebooks.Models.Scalars;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>AdamW, Adam with decoupled weight decay (Loshchilov and Hutter 2019), on gradients scaled down to a common
/// norm (Pascanu et al. 2013). On the CPU it is one pass through the memory; <see cref="StepByDefinition"/> is its
/// specification, and what runs on other devices.</summary>
/// <param name="clip">Largest norm of all gradients together.</param>
/// <param name="decay">Weight decay of matrices; vectors have none.</param>
internal sealed class FlatAdamW(FlatParameters parameters, double clip, double decay) : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-8;
    private const double Tiny = 1e-6;   // keeps a norm of 0 from being divided by

    private readonly bool onCpu = parameters.Values.device_type == DeviceType.CPU
        && parameters.Values.dtype == ScalarType.Float32
        && parameters.Values.numel() <= Array.MaxLength / sizeof(float);

    /// <summary>Running mean of the gradients, each in the place of its parameter, [N].</summary>
    public Tensor Mean { get; } = zeros_like(parameters.Values);

    /// <summary>Running mean of the squares of the gradients, [N].</summary>
    public Tensor Square { get; } = zeros_like(parameters.Values);

    /// <summary>Steps done.</summary>
    public long Steps { get; internal set; }

    private double Rate1 => 1 / (1 - Math.Pow(Beta1, Steps)); // what the means lack, having begun at zero
    private double Root2 => Math.Sqrt(1 - Math.Pow(Beta2, Steps));

    /// <summary>Moves the parameters against their gradients, and sets the gradients to zero.</summary>
    public void Step(double rate)
    {
        if (onCpu) StepOnCpu(rate);
        else StepByDefinition(rate);
    }

    /// <summary>Moves the parameters as <see cref="Step"/> does, by one operation on whole tensors after
    /// another.</summary>
    public void StepByDefinition(double rate)
    {
        Steps++;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (w, g) = (parameters.Values, parameters.Gradients);
        With(clip, most => g.mul_(g.norm().Plus(Tiny).reciprocal().mul(most).clamp_max(One)));
        With(Beta1, old => With(1 - Beta1, recent => Mean.mul_(old).add_(g, alpha: recent)));
        With(Beta2, old => With(1 - Beta2, recent => Square.mul_(old).addcmul_(g, g, recent)));
        With(1 - rate * decay, kept => w.narrow(0, 0, parameters.Matrices).mul_(kept));
        With(-rate * Rate1, step => w.addcdiv_(Mean, Square.sqrt().Over(Root2).Plus(Epsilon), step));
        g.zero_();
    }

    public void Dispose()
    {
        Mean.Dispose();
        Square.Dispose();
    }

    private void StepOnCpu(double rate)
    {
        Steps++;
        var gradients = Vectors(parameters.Gradients);
        var matrices = (int)(parameters.Matrices / Vector<float>.Count);
        var scale = Math.Min(1, clip / (Norm(gradients) + Tiny));
        Pass(..matrices, scale, keep: 1 - rate * decay, rate * Rate1, 1 / Root2);
        Pass(matrices.., scale, keep: 1, rate * Rate1, 1 / Root2);
    }

    /// <summary>A tensor's memory. <see cref="FlatParameters"/> makes its length a multiple of every
    /// vector's.</summary>
    private static Span<Vector<float>> Vectors(Tensor tensor) => MemoryMarshal.Cast<byte, Vector<float>>(tensor.bytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Norm(ReadOnlySpan<Vector<float>> gradients)
    {
        var sum = Vector<double>.Zero;
        foreach (var g in gradients)
        {
            Vector.Widen(g * g, out var low, out var high);
            sum += low + high;
        }
        return Math.Sqrt(Vector.Sum(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(Range range, double scale, double keep, double step, double root)
    {
        Span<Vector<float>> w = Vectors(parameters.Values)[range], g = Vectors(parameters.Gradients)[range];
        Span<Vector<float>> m = Vectors(Mean)[range], s = Vectors(Square)[range];
        for (var i = 0; i < w.Length; i++)
        {
            var x = g[i] * (float)scale;
            m[i] = (float)Beta1 * m[i] + (float)(1 - Beta1) * x;
            s[i] = (float)Beta2 * s[i] + (float)(1 - Beta2) * x * x;
            w[i] = (float)keep * w[i] - (float)step
                * m[i] / (Vector.SquareRoot(s[i]) * (float)root + new Vector<float>((float)Epsilon));
            g[i] = Vector<float>.Zero;
        }
    }
}
