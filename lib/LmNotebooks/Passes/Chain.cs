using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>A chain of passes as one operation of libtorch: [B, T, C] to [B, T, C]. Its backward pass goes through the
/// chain once, adds the gradients of the weights to where these are summed, and hands on that of x.</summary>
internal sealed class Chain : autograd.SingleTensorFunction<Chain>
{
    public override string Name => nameof(Chain);

    /// <param name="seen">Which positions each one sees, [B or 1, 1, T or 1, T]; null for those up to its own.</param>
    public static Tensor Run(Tensor x, IReadOnlyList<RowPass> passes, Tensor? seen)
    {
        var run = new Pass(passes, new((int)x.size(0), (int)x.size(1), seen?.contiguous()));
        if (!is_grad_enabled()) return run.Forward(x, keeps: false);
        var trained = passes.Select(p => p.Weights.FirstOrDefault(w => w.requires_grad)).ToList();
        run.Lowest = x.requires_grad ? 0 : trained.FindIndex(w => w is not null);
        return run.Lowest < 0 ? run.Forward(x, keeps: false)
            : apply(x, trained.OfType<Tensor>().FirstOrDefault() ?? x, run);
    }

    public override Tensor forward(autograd.AutogradContext context, params object[] vars)
    {
        context.save_data(nameof(Pass), vars[2]);
        using var off = no_grad();
        return ((Pass)vars[2]).Forward((Tensor)vars[0], keeps: true);
    }

    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
    {
        using var off = no_grad();
        return [((Pass)context.get_data(nameof(Pass))).Backward(gradient), null!, null!];
    }

    private sealed class Pass(IReadOnlyList<RowPass> passes, Texts texts)
    {
        /// <summary>The first pass with weights that train; where x itself wants a gradient, the first.</summary>
        public int Lowest { get; set; }

        public Tensor Forward(Tensor x, bool keeps)
        {
            // What leaves the chain is no part of an arena: libtorch takes note of every change to memory that it
            // shares.
            var output = empty(x.shape).copy_(x);
            var rows = output.view(-1, x.size(2));
            foreach (var pass in passes)
                if (keeps) pass.Forward(rows, texts);
                else Arena.Scratch(() => pass.Forward(rows, texts));
            return output;
        }

        public Tensor Backward(Tensor gradient)
        {
            var result = empty(gradient.shape).copy_(gradient);
            var rows = result.view(-1, gradient.size(2));
            for (var i = passes.Count - 1; i >= Lowest; i--) passes[i].Backward(rows, texts);
            return result;
        }
    }
}
