using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>The mean cross-entropy of a linear head as one operation of libtorch: x, [B, T, C], and targets, [B, T], to
/// a scalar.</summary>
/// <remarks>The logits are computed once; the way forward leaves their gradient in their place.</remarks>
internal sealed unsafe class LossPass : autograd.SingleTensorFunction<LossPass>
{
    public override string Name => nameof(LossPass);

    /// <param name="weight">[V, C].</param>
    /// <param name="targets">Below 0 where no loss counts.</param>
    public static Tensor Run(Tensor x, Tensor weight, Tensor bias, Tensor targets)
    {
        var trains = is_grad_enabled() && (x.requires_grad || weight.requires_grad || bias.requires_grad);
        return trains ? apply(x, weight, bias, targets) : Forward(x, weight, bias, targets, gradient: false).Loss;
    }

    public override Tensor forward(autograd.AutogradContext context, params object[] vars)
    {
        using var off = no_grad();
        var (x, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (loss, rows, logits) = Forward(x, weight, bias, (Tensor)vars[3], gradient: true);
        context.save_data("all", (rows, logits, weight, bias, x));
        return loss;
    }

    private static (Tensor Loss, Tensor Rows, Tensor Logits) Forward(Tensor x, Tensor weight, Tensor bias,
        Tensor targets, bool gradient)
    {
        var rows = x.reshape(-1, x.size(-1));
        var logits = Arena.Take(rows.size(0), weight.size(0));
        LinearPass.Forward(rows, weight, logits);
        var loss = CrossEntropyPass.Forward(Matrix.Of(logits), Matrix.DataOf(bias),
            new ReadOnlySpan<long>(Matrix.BytesOf(targets), (int)targets.numel()), gradient);
        var scalar = empty([]);
        *Matrix.DataOf(scalar) = (float)loss;
        return (scalar, rows, logits);
    }

    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
    {
        using var off = no_grad();
        var (rows, logits, weight, bias, x) = ((Tensor, Tensor, Tensor, Tensor, Tensor))context.get_data("all");
        if (gradient.item<float>() is not 1f and var factor)
            Rows.Scale(Matrix.DataOf(logits), factor, (int)logits.numel());
        var dx = x.requires_grad ? empty(x.shape) : null;
        LinearPass.Backward(rows, logits, weight, bias, dx?.view(rows.shape));
        return [dx!, null!, null!, null!];
    }
}
