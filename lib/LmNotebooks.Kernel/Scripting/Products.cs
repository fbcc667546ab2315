using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>What <see cref="Instrumentation"/> makes cells call in the place of TorchSharp's matmul. That one does not
/// hand on what libtorch throws, so two tensors that do not fit would end the process, with all that a reader has
/// computed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Products
{
    /// <summary>The matrix product.</summary>
    /// <exception cref="ArgumentException">The two do not fit.</exception>
    public static Tensor Of(Tensor input, Tensor target)
    {
        if (input is not null && target is not null && Fault(input, target) is { } fault)
            throw new ArgumentException(fault);
        return input!.matmul(target!);
    }

    private static string? Fault(Tensor a, Tensor b)
    {
        var (left, right) = (a.shape, b.shape);
        var both = $"matmul cannot multiply [{string.Join(", ", left)}] and [{string.Join(", ", right)}]:";
        if (left.Length == 0 || right.Length == 0) return $"{both} a tensor without dimensions is multiplied with *.";
        if (a.dtype != b.dtype)
            return $"{both} they are {a.dtype} and {b.dtype}. `.to(float32)` makes a tensor of another type.";
        if (a.dtype == ScalarType.Bool) return $"{both} they are Bool. `.to(float32)` makes numbers of them.";
        if ((a.device_type, a.device_index) != (b.device_type, b.device_index))
            return $"{both} they are on {a.device} and {b.device}. `.to(device)` moves one.";
        var (inner, outer) = (left[^1], right[^Math.Min(2, right.Length)]);
        if (inner != outer)
            return $"{both} rows of {inner} numbers meet columns of {outer}. Their lengths must be equal; `shape` "
                + "tells them, and `.transpose(-2, -1)` exchanges the last two dimensions.";
        var apart = left.Reverse().Skip(2).Zip(right.Reverse().Skip(2)).Any(p => p.First != p.Second && p.First != 1
            && p.Second != 1);
        return apart ? $"{both} the dimensions before the last two must be equal, or 1, counted from the right. "
            + "`.unsqueeze(n)` makes one of size 1." : null;
    }
}
