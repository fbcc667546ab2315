using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Sums of tensors, and arithmetic of tensors with numbers. TorchSharp's own operators wrap each number, and
/// the factor 1 of a sum, in an object that nothing holds while libtorch reads it: the garbage collector may free it
/// first, and then the result is an exception or a wrong number. Here it is held until libtorch is done, and results
/// are the same to the last bit.</summary>
public static class Scalars
{
    /// <summary>Numbers that are held for ever, to be handed to TorchSharp's operations.</summary>
    public static readonly Scalar Zero = 0, One = 1;

    private static readonly Scalar Steepness = 1.0, Linear = 20.0;

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x + number, of each element.</summary>
    public static Tensor Plus(this Tensor x, double number) => With(number, n => x.add(n, One));

    /// <summary>x / number, of each element.</summary>
    public static Tensor Over(this Tensor x, double number) => With(number, n => x.div(n));

    /// <summary>ln(1 + exp(x)) of each element, which is x itself beyond 20.</summary>
    public static Tensor Softplus(this Tensor x) => Softplus(x, Steepness, Linear);

    /// <summary>A tensor of the same shape and type that is filled with a number.</summary>
    public static Tensor Filled(this Tensor like, double number) => With(number, n => full_like(like, n));

    /// <summary>Any operation with a number, which is held until it is done.</summary>
    public static Tensor With(double number, Func<Scalar, Tensor> operation)
    {
        using Scalar held = number;
        return operation(held);
    }

    /// <summary>What TorchSharp's softplus calls after it has wrapped its two numbers.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "softplus1")]
    private static extern Tensor Softplus(Tensor x, Scalar steepness, Scalar linear);
}
