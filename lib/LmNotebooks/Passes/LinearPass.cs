using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>Y = X W' + b of all rows. The product is the library's own, which is near to what the processor can
/// do.</summary>
/// <remarks>Backward, from G = dL/dY: dL/dX = G W, dL/dW = G' X, dL/db = the sum of the rows of G.</remarks>
internal static unsafe class LinearPass
{
    /// <summary>Fills Y = X W', or adds it to what is there. The bias is left to whoever reads Y next: a pass of its
    /// own costs as much as a fifth of the product.</summary>
    public static void Forward(Tensor x, Tensor weight, Tensor y, bool add = false)
    {
        using var transposed = weight.t();
        y.addmm_(x, transposed, beta: add ? 1 : 0, alpha: 1);
    }

    /// <summary>Adds a bias to every row.</summary>
    public static void AddTo(Matrix y, Tensor bias)
    {
        var b = Matrix.DataOf(bias);
        for (var r = 0; r < y.Rows; r++) Rows.Add(y.Row(r), b, y.Columns);
    }

    /// <summary>Fills dL/dX, where it is wanted, and adds to the gradients of the weights what is theirs, where they
    /// train.</summary>
    public static void Backward(Tensor x, Tensor dy, Tensor weight, Tensor? bias, Tensor? dx)
    {
        dx?.addmm_(dy, weight, beta: 0, alpha: 1);
        if (weight.requires_grad)
        {
            using var transposed = dy.t();
            using var gradient = GradientOf(weight);
            gradient.addmm_(transposed, x, beta: 1, alpha: 1);
        }
        if (bias is { requires_grad: true }) AddRows(Matrix.Of(dy), GradientOf(bias));
    }

    private static void AddRows(Matrix dy, Tensor gradient)
    {
        var sum = Matrix.DataOf(gradient);
        for (var r = 0; r < dy.Rows; r++) Rows.Add(sum, dy.Row(r), dy.Columns);
    }

    /// <summary>Where the gradients of a weight are summed; of zeros, where nothing is there yet.</summary>
    public static Tensor GradientOf(Tensor weight)
    {
        if (weight.grad is { } gradient) return gradient;
        weight.grad = zeros_like(weight);
        return weight.grad;
    }
}
