using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The output layer: [B, T, C] to logits [B, T, V].</summary>
/// <param name="tied">Multiplies with the matrix [V, C] of another part, and adds the bias; null for a matrix of its
/// own.</param>
public sealed class OutputHead(ModelConfig c, Func<TokenEmbedding>? tied) : Layer
{
    private readonly Parameter? weight = tied is null ? new Parameter(empty(c.Vocabulary, c.Width)) : null;
    private readonly Parameter bias = new(zeros(c.Vocabulary));

    public override void Initialise(Generator generator)
    {
        if (weight is not null) Initial.Draw(weight, Initial.Deviation(c), generator);
        Initial.Set(bias, Scalars.Zero);
    }

    // [B, T, V]
    public override Tensor forward(Tensor x) => weight is null ? tied!().Products(x, bias)
        : functional.linear(x, weight, bias);

    /// <summary>Mean cross-entropy with the targets, [B, T], below 0 where no loss counts: a scalar, in nats.</summary>
    public Tensor Loss(Tensor x, Tensor targets) => FastPath.Takes(x) && (weight ?? tied!().WholeTable) is { } matrix
        ? LossPass.Run(x, matrix, bias, targets)
            : functional.cross_entropy(call(x).flatten(0, 1), targets.flatten(), ignore_index: Corpus.Nothing);
}
