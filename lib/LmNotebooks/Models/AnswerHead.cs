using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>The output layer for a question about a text: what a body has made of it, [B, C], to logits of the answers,
/// [B, K].</summary>
public sealed class AnswerHead(ModelConfig c, int count) : Layer
{
    private readonly Linear answers = Linear(c.Width, count);

    /// <summary>Number of answers, K.</summary>
    public int Count => count;

    public override void Initialise(Generator generator) => Initial.Draw(answers, Initial.Deviation(c), generator);

    public override Tensor forward(Tensor x) => answers.call(x);

    /// <summary>What the head computes of a text of so many tokens, a token: it is used once.</summary>
    /// <param name="owner">The part that it is.</param>
    public Application Application(Part owner, double length) => new(owner, 2.0 * c.Width * count / length);
}
