using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The recurrent layers, each reading the states of the one below: [B, T, C] to [B, T, C].</summary>
public sealed class RecurrentBody(ModelConfig c) : Body
{
    private readonly Module layers = c.Architecture switch
    {
        Architecture.Rnn => RNN(c.Width, c.Width, c.Layers, batchFirst: true),
        Architecture.Lstm => LSTM(c.Width, c.Width, c.Layers, batchFirst: true),
        _ => GRU(c.Width, c.Width, c.Layers, batchFirst: true),
    };

    /// <inheritdoc/>
    /// <remarks>The standard deviation of a matrix is 0.8 / sqrt(C), as in the Transformer; but what enters a layer is
    /// doubled for each gate on its way, since a gate begins half open: one in a GRU (update), two in an LSTM (input
    /// and output). It is the argument of He et al. (2015) for ReLU, which halves the variance. Biases are 0, but 1 for
    /// the forget gate of an LSTM, so that a cell keeps more than it loses (Jozefowicz et al. 2015). Libtorch adds two
    /// biases, and the forget gate is the second of four: one of the two gets it.</remarks>
    public override void Initialise(Generator generator)
    {
        var gatesOnTheWay = c.Architecture switch { Architecture.Lstm => 2, Architecture.Gru => 1, _ => 0 };
        foreach (var (name, weights) in layers.named_parameters())   // libtorch's names
        {
            var entering = name.Contains("_ih_");
            if (weights.dim() >= 2)
                Initial.Draw(weights, Initial.Deviation(c) * (entering ? Math.Pow(2, gatesOnTheWay) : 1), generator);
            else Initial.Set(weights, Scalars.Zero);
            if (!entering || weights.dim() >= 2 || c.Architecture != Architecture.Lstm) continue;
            using var forgetting = weights.narrow(0, c.Width, c.Width);
            Initial.Set(forgetting, Scalars.One);
        }
    }

    /// <inheritdoc/>
    /// <remarks>It reads whole texts from left to right and nothing else: there is no mask, no other order of places,
    /// and no way out before the last layer.</remarks>
    public override Tensor States(Tensor x, Tensor? seen = null, Tensor? places = null, int? layers = null)
    {
        Whole(layers);
        if (seen is not null || places is not null)
            throw new ArgumentException("A recurrent body reads a text from left to right, and "
                + $"{(seen is null ? "places say" : "a mask says")} otherwise: use a Transformer.");
        // One state goes from left to right. For a GRU on the processor there is a quicker way to the same states.
        if (this.layers is not TorchSharp.Modules.GRU || !FastPath.Takes(x)) return Read(x, []).Output;
        var weights = this.layers.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        return Chain.Run(x, [.. Enumerable.Range(0, c.Layers).Select(i =>
            new GruPass(weights[$"weight_ih_l{i}"], weights[$"weight_hh_l{i}"], weights[$"bias_ih_l{i}"],
                weights[$"bias_hh_l{i}"]))], null);
    }

    public override (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory) =>
        Kernels.Recur(layers, x, memory);

    public override IEnumerable<Application> Applications(Part owner, Extent text, int? layers = null)
    {
        Whole(layers);
        for (var layer = 0; layer < c.Layers; layer++)
        {
            yield return new(owner, 2.0 * c.Gates * c.Width * c.Width);   // of the token
            yield return new(owner, 2.0 * c.Gates * c.Width * c.Width);   // of the state
        }
    }

    private static void Whole(int? layers)
    {
        if (layers is not null)
            throw new ArgumentException($"The way leaves the body after {layers} layers, but a recurrent body is gone "
            + "through as a whole: use a Transformer.");
    }
}
