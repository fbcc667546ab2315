using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Training;

/// <summary>The parameters that train, side by side in one tensor, and their gradients in another. The model's own
/// parameters become views of the first, and backward adds into the second, so that an optimizer makes one pass over
/// both whatever the number of parameters. Parameters that are not given keep their memory and get no
/// gradient.</summary>
internal sealed class FlatParameters : IDisposable
{
    /// <summary>Every parameter begins at a multiple of this many elements: 64 bytes of float32, the longest vector
    /// register. What lies between is zero, and stays so.</summary>
    private const long Alignment = 16;

    private readonly IReadOnlyList<Parameter> parameters;

    public FlatParameters(IEnumerable<Parameter> trained)
    {
        // matrices, then vectors; a shared one has one place
        parameters = [.. trained.Distinct().OrderBy(p => p.dim() <= 1)];
        static long Padded(Parameter p) => (p.numel() + Alignment - 1) / Alignment * Alignment;
        Matrices = parameters.Where(p => p.dim() > 1).Sum(Padded);
        var first = parameters[0];
        Values = zeros(parameters.Sum(Padded), dtype: first.dtype, device: first.device);
        Gradients = zeros_like(Values);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var begin = 0L;
        foreach (var p in parameters)
        {
            var view = Values.narrow(0, begin, p.numel()).view(p.shape);
            p.set_(view.copy_(p));
            p.grad = Gradients.narrow(0, begin, p.numel()).view(p.shape);
            begin += Padded(p);
        }
    }

    /// <summary>All parameters, [N], those with two dimensions or more first.</summary>
    public Tensor Values { get; }

    /// <summary>Gradients of the parameters, in the places of those, [N]. Whoever uses them sets them to
    /// zero.</summary>
    public Tensor Gradients { get; }

    /// <summary>Number of trained parameters, without what lies between.</summary>
    public long Count => parameters.Sum(p => p.numel());

    /// <summary>How many elements at the beginning belong to matrices; the others belong to vectors.</summary>
    public long Matrices { get; }

    /// <summary>Takes the gradients from the parameters. Their values stay where they are.</summary>
    public void Dispose()
    {
        foreach (var p in parameters) p.grad = null;
        Gradients.Dispose();
        Values.Dispose();
    }
}
