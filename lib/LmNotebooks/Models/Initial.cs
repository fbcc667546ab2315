using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>How weights begin: matrices are normal, biases 0 and the gains of layer norms 1, unless a layer says
/// otherwise.</summary>
internal static class Initial
{
    /// <summary>Standard deviation of a matrix between states: 0.8 / sqrt(C).</summary>
    public static double Deviation(ModelConfig c) => 0.8 / Math.Sqrt(c.Width);

    /// <summary>Standard deviation of a matrix whose product is added to the states: smaller by sqrt(2 L) (as in
    /// GPT-2, Radford et al. 2019).</summary>
    public static double ResidualDeviation(ModelConfig c) => Deviation(c) / Math.Sqrt(2 * c.Layers);

    public static void Draw(Tensor matrix, double deviation, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        // drawn on the processor, and so the same on every device
        matrix.copy_(empty(matrix.shape, matrix.dtype).normal_(0, deviation, generator));
    }

    public static void Draw(Linear layer, double deviation, Generator generator)
    {
        Draw(layer.weight!, deviation, generator);
        if (layer.bias is { } bias) Set(bias, Scalars.Zero);
    }

    public static void Set(LayerNorm norm)
    {
        Set(norm.weight!, Scalars.One);
        Set(norm.bias!, Scalars.Zero);
    }

    public static void Set(Tensor weights, Scalar number)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        weights.fill_(number);
    }
}
