using System.Collections.Concurrent;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>An LSTM without gradients. Libtorch 2.10 has a quick kernel for it, which on processors with AVX-512 is
/// wrong for some widths, and the kernel for training, which is right, but takes up to 2.6 times as long. So the first
/// sequences of each shape go through both. A width at which the quick one was seen to be wrong is left to the
/// other.</summary>
internal sealed class LstmKernel(Lstm quick, Lstm sure)
{
    /// <summary>Of the largest number. Rounding makes 1e-6, and what is wrong is off by a hundredth and more.</summary>
    private const double Tolerance = 1e-4;

    private readonly ConcurrentDictionary<Shape, bool> right = new();
    private readonly ConcurrentDictionary<long, bool> wrongWidths = new();

    /// <summary>The two LSTMs of libtorch, the quick one and the sure one.</summary>
    public static LstmKernel OfLibtorch { get; } = new((layers, x, before) => layers.call(x, before), LikeTraining);

    /// <summary>What a kernel depends on.</summary>
    private sealed record Shape(ScalarType Type, DeviceType Device, long Rows, long Length, long Width, int Threads);

    /// <inheritdoc cref="Lstm"/>
    public (Tensor Outputs, Tensor States, Tensor Cells) Call(LSTM layers, Tensor x, (Tensor, Tensor)? before)
    {
        var shape = new Shape(x.dtype, x.device_type, x.size(0), x.size(1), x.size(2), get_num_threads());
        if (wrongWidths.ContainsKey(shape.Width)) return sure(layers, x, before);
        var result = quick(layers, x, before);
        if (right.ContainsKey(shape)) return result;
        var other = sure(layers, x, before);
        var agree = Agree(result.Outputs, other.Outputs) && Agree(result.Cells, other.Cells);
        if (agree) right.TryAdd(shape, true);
        else wrongWidths.TryAdd(shape.Width, true);
        Free(agree ? other : result);
        return agree ? result : other;
    }

    /// <summary>Libtorch takes the kernel for training where gradients are wanted. What it keeps for them is let go at
    /// once.</summary>
    private static (Tensor, Tensor, Tensor) LikeTraining(LSTM layers, Tensor x, (Tensor, Tensor)? before)
    {
        using var on = enable_grad();
        var made = layers.call(x, before);
        var result = (made.Item1.detach(), made.Item2.detach(), made.Item3.detach());
        Free(made);
        return result;
    }

    /// <summary>Zeros do not agree with zeros: they would say nothing of what comes after them.</summary>
    private static bool Agree(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        static double Largest(Tensor t) => t.abs().max().to(float64).item<double>();
        return Largest(a - b) < Tolerance * Largest(b);
    }

    private static void Free((Tensor Outputs, Tensor States, Tensor Cells) result)
    {
        result.Outputs.Dispose();
        result.States.Dispose();
        result.Cells.Dispose();
    }
}
