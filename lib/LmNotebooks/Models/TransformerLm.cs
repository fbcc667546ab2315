using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Transformer decoder (Vaswani et al. 2017, pre-norm) with the seam Embedding -> Body -> Head.</summary>
public sealed class TransformerLm : LanguageModel
{
    private readonly TransformerConfig config;
    private readonly TokenEmbedding embedding;
    private readonly DecoderBody body;
    private readonly OutputHead head;

    public TransformerLm(TransformerConfig config, Generator generator) : base(config.Checked().Vocabulary, config.Context, config.Start)
    {
        this.config = config;
        (embedding, body) = (new TokenEmbedding(config), new DecoderBody(config));
        head = new OutputHead(config, config.TieHead ? () => embedding.Weight : null);
        (Embedding, Body, Head) = (new("embedding", embedding), new("body", body), new("head", head));
        foreach (var part in Parts) register_module(part.Name, part.Module);
        Initialise(generator);
    }

    public Part Embedding { get; }
    public Part Body { get; }
    public Part Head { get; }
    public override IReadOnlyList<Part> Parts => [Embedding, Body, Head];

    public override Tensor forward(Tensor tokens) => head.call(body.call(embedding.call(tokens)));   // [B, T] -> [B, T, V]

    public override IEnumerable<Application> Applications(int length)
    {
        double C = config.Width;
        yield return new(Embedding, 0);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            yield return new(Body, 2 * 3 * C * C);             // queries, keys, values
            yield return new(null, 4 * length * C);            // scores and their weighted sum
            yield return new(Body, 2 * C * C);
            yield return new(Body, 2 * 4 * C * C);
            yield return new(Body, 2 * 4 * C * C);
        }
        yield return new(config.TieHead ? Embedding : Head, 2 * C * config.Vocabulary);
    }

    /// <inheritdoc/>
    /// <remarks>Normal: token and position vectors with standard deviation 0.1, matrices with 0.8 / sqrt(C), residual projections scaled
    /// down by sqrt(2 L) more (as in GPT-2, Radford et al. 2019); biases 0, layer-norm gains 1. With GPT-2's 0.02 for everything, models
    /// this small end their budget two to three times as far from the entropy.</remarks>
    public override void Initialise(Generator generator)
    {
        using var off = no_grad();
        foreach (var (name, p) in named_parameters().OrderBy(n => n.name, StringComparer.Ordinal))
        {
            if (p.dim() >= 2) p.normal_(0, Deviation(name), generator);
            else if (name.EndsWith("weight")) p.fill_(1);
            else p.zero_();
        }
    }

    private double Deviation(string name) => name.StartsWith(Embedding.Name) ? 0.1
        : 0.8 / Math.Sqrt(config.Width) / (name.Contains("residual") ? Math.Sqrt(2 * config.Layers) : 1);
}

/// <summary>Token plus position vectors: [B, T] to [B, T, C].</summary>
public sealed class TokenEmbedding(TransformerConfig c) : Layer
{
    private readonly Embedding token = Embedding(c.Vocabulary, c.Width), position = Embedding(c.Context, c.Width);

    /// <summary>The token vectors, [V, C].</summary>
    public Tensor Weight => token.weight!;

    public override Tensor forward(Tensor tokens)
    {
        var T = tokens.size(1);
        return Kernels.LookUp(token, tokens) + position.weight!.narrow(0, 0, T);                      // [B, T, C]
    }
}

/// <summary>The blocks and the final layer norm: [B, T, C] to [B, T, C].</summary>
public sealed class DecoderBody(TransformerConfig c) : Layer
{
    private readonly ModuleList<Block> blocks = new([.. Enumerable.Range(0, c.Layers).Select(_ => new Block(c))]);
    private readonly LayerNorm norm = LayerNorm(c.Width);

    public override Tensor forward(Tensor x)
    {
        foreach (var block in blocks) x = block.call(x);
        return Kernels.Normalise(norm, x);
    }
}

/// <summary>Pre-norm block: x + attention, then x + MLP. [B, T, C] to [B, T, C].</summary>
public sealed class Block(TransformerConfig c) : Layer
{
    private readonly LayerNorm normA = LayerNorm(c.Width), normM = LayerNorm(c.Width);
    private readonly Attention attention = new(c);
    private readonly Linear expand = Linear(c.Width, 4 * c.Width), residual = Linear(4 * c.Width, c.Width);

    public override Tensor forward(Tensor x)                                                          // [B, T, C]
    {
        x = x + attention.call(Kernels.Normalise(normA, x));
        return x + residual.call(functional.gelu(expand.call(Kernels.Normalise(normM, x))));                        // [B, T, C]
    }
}

/// <summary>Causal multi-head self-attention: [B, T, C] to [B, T, C]. Queries, keys and values come from one matrix.</summary>
public sealed class Attention(TransformerConfig c) : Layer
{
    private readonly Linear queryKeyValue = Linear(c.Width, 3 * c.Width), residual = Linear(c.Width, c.Width);
    private readonly int heads = c.Heads, width = c.Width;

    public override Tensor forward(Tensor x)
    {
        long B = x.size(0), T = x.size(1), D = width / heads;
        var qkv = queryKeyValue.call(x).view(B, T, 3, heads, D).unbind(2);                            // 3 of [B, T, H, D]
        var y = Kernels.Attend(qkv[0].transpose(1, 2), qkv[1].transpose(1, 2), qkv[2].transpose(1, 2));
        return residual.call(y.transpose(1, 2).reshape(B, T, width));                                 // [B, T, C]
    }
}

/// <summary>The output layer: [B, T, C] to logits [B, T, V].</summary>
/// <param name="tied">Gives the matrix [V, C] of another part; null for a matrix of its own.</param>
public sealed class OutputHead(TransformerConfig c, Func<Tensor>? tied) : Layer
{
    private readonly Parameter? weight = tied is null ? new Parameter(empty(c.Vocabulary, c.Width)) : null;
    private readonly Parameter bias = new(zeros(c.Vocabulary));

    public override Tensor forward(Tensor x) => functional.linear(x, weight ?? tied!(), bias);        // [B, T, V]
}
