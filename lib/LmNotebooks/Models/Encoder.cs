using LmNotebooks.Passes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>What an encoder has made of sources.</summary>
/// <param name="States">One for each token, [B, S, C].</param>
/// <param name="Seen">Which of them are of a token, and not beyond the end: [B, 1, 1, S], true or false.</param>
public sealed record Encoded(Tensor States, Tensor Seen);

/// <summary>Reads whole sources: from the vectors of their tokens, [B, S, C], and which of them are tokens, [B, 1, 1,
/// S], to [B, S, C].</summary>
public abstract class Encoder : Module<Tensor, Tensor, Tensor>
{
    protected Encoder() : base("encoder") => RegisterComponents();

    /// <param name="source">Describes it as a language model of the source.</param>
    public static Encoder Of(ModelConfig source) => source.Architecture == Architecture.Transformer
        ? new TransformerEncoder(source) : new RecurrentEncoder(source);

    /// <summary>What it computes over sources of this length, a source token, in order.</summary>
    /// <param name="owner">The part that it is.</param>
    public abstract IEnumerable<Application> Applications(Part owner, double length);
}

/// <summary>Blocks in which each position sees all others of its source, and a final layer norm (Vaswani et al. 2017,
/// pre-norm).</summary>
public sealed class TransformerEncoder(ModelConfig c) : Encoder
{
    private readonly ModuleList<Block> blocks = new([.. Enumerable.Range(0, c.Layers).Select(i =>
        new Block(c, ModelConfig.IsOwn(c.AttentionOf, i), ModelConfig.IsOwn(c.FeedForwardOf, i)))]);
    private readonly LayerNorm norm = LayerNorm(c.Width);

    /// <summary>The blocks, for a decoder that uses them too.</summary>
    internal ModuleList<Block> Blocks => blocks;

    public override Tensor forward(Tensor x, Tensor seen)
    {
        var layers = Enumerable.Range(0, c.Layers)
            .Select(i => (Attention: blocks[c.AttentionOf?[i] ?? i], FeedForward: blocks[c.FeedForwardOf?[i] ?? i]));
        if (FastPath.Takes(x))
            return Chain.Run(x, [.. layers.SelectMany(l =>
                (RowPass[])[l.Attention.AttentionPass(), l.FeedForward.FeedForwardPass()]), new FinalNorm(norm)], seen);
        foreach (var (attention, feedForward) in layers) x = feedForward.FeedForward(attention.AttendAll(x, seen));
        return Kernels.Normalise(norm, x);
    }

    public override IEnumerable<Application> Applications(Part owner, double length) =>
        Enumerable.Range(0, c.Layers).SelectMany(_ => Block.OfAttention(c, owner, length)
            .Concat(Block.OfFeedForward(c, owner)));
}

/// <summary>Recurrent layers, which read a source from left to right: what stands beyond its end changes nothing before
/// it.</summary>
public sealed class RecurrentEncoder(ModelConfig c) : Encoder
{
    private readonly RecurrentBody layers = new(c);

    public override Tensor forward(Tensor x, Tensor seen) => layers.call(x);

    public override IEnumerable<Application> Applications(Part owner, double length) =>
        layers.Applications(owner, (int)length);
}
