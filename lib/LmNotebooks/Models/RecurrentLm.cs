using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Recurrent language model (Mikolov et al. 2010) with the seam Embedding -> Body -> Head: what it knows of the text so far is in
/// a state of fixed size.</summary>
public sealed class RecurrentLm(ModelConfig config, Generator generator) : LanguageModel(config.Checked(), new RecurrentBody(config), generator)
{
    protected override IEnumerable<Application> BodyApplications(int length)
    {
        for (var layer = 0; layer < Config.Layers; layer++)
        {
            yield return new(Body, 2.0 * Config.Gates * Config.Width * Config.Width);   // of the token
            yield return new(Body, 2.0 * Config.Gates * Config.Width * Config.Width);   // of the state
        }
    }

    /// <summary>0.8 / sqrt(C), as in the Transformer.</summary>
    protected override double Deviation(string name) => 0.8 / Math.Sqrt(Config.Width);
}

/// <summary>The recurrent layers, each reading the states of the one below: [B, T, C] to [B, T, C].</summary>
public sealed class RecurrentBody(ModelConfig c) : Body
{
    private readonly Module layers = c.Architecture switch
    {
        Architecture.Rnn => RNN(c.Width, c.Width, c.Layers, batchFirst: true),
        Architecture.Lstm => LSTM(c.Width, c.Width, c.Layers, batchFirst: true),
        _ => GRU(c.Width, c.Width, c.Layers, batchFirst: true),
    };

    public override (Tensor, IReadOnlyList<Tensor>) Read(Tensor x, IReadOnlyList<Tensor> memory) => Kernels.Recur(layers, x, memory);
}
