using LmNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Classroom;

/// <summary>The trainer's optimizer for weights that belong to no model: AdamW (Loshchilov and Hutter 2019), on
/// gradients scaled down to a norm of 1.</summary>
public sealed class Adam : IDisposable
{
    private const double Clip = 1, Decay = 0.01;

    private readonly FlatParameters parameters;
    private readonly FlatAdamW optimizer;

    /// <param name="weights">What it moves, and gives gradients of zero to begin with.</param>
    /// <exception cref="ArgumentException">A tensor is no <see cref="Parameter"/>; one sentence.</exception>
    public Adam(IEnumerable<Tensor> weights)
    {
        parameters = new FlatParameters(weights.Select(weight => weight as Parameter
            ?? throw new ArgumentException("A tensor that is to learn is no Parameter: make it one, as in "
                + "Parameter(zeros(2, 2)).")));
        optimizer = new FlatAdamW(parameters, Clip, Decay);
    }

    /// <summary>Moves every weight against its gradient, and sets the gradients to zero.</summary>
    /// <param name="rate">How far, about, in the unit of the weights.</param>
    public void Step(double rate) => optimizer.Step(rate);

    public void Dispose()
    {
        optimizer.Dispose();
        parameters.Dispose();
    }
}
