using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>How the body of a model brings earlier tokens to later ones.</summary>
public enum Architecture
{
    /// <summary>Attention over all of them (Vaswani et al. 2017).</summary>
    Transformer,

    /// <summary>A vector that each token changes (Elman 1990).</summary>
    Rnn,

    /// <summary>A vector with a cell beside it, to which gates add and from which they take (Hochreiter and Schmidhuber 1997).</summary>
    Lstm,

    /// <summary>A vector of which gates keep a share (Cho et al. 2014).</summary>
    Gru,
}

/// <summary>Kind and size of a language model.</summary>
public sealed record ModelConfig
{
    public Architecture Architecture { get; init; }

    /// <summary>Number of token ids, V.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Longest sequence the model can read, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>Id that stands before the first token of a document.</summary>
    public int Start { get; init; }

    /// <summary>Width of what the body reads, keeps and hands on for each position, C.</summary>
    public int Width { get; init; } = 64;

    public int Layers { get; init; } = 2;

    /// <summary>Attention heads of a Transformer, H; each is Width / Heads wide.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Whether the output matrix is the token embedding (Press and Wolf 2017).</summary>
    public bool TieHead { get; init; } = true;

    /// <summary>Vectors that a recurrent layer computes at each token: the new state, and one for each gate.</summary>
    public int Gates => Architecture switch { Architecture.Lstm => 4, Architecture.Gru => 3, _ => 1 };

    /// <summary>Number of parameters of the model that this describes.</summary>
    public long Parameters => (long)Vocabulary * Width * (TieHead ? 1 : 2) + Vocabulary + (IsTransformer
        ? (long)Context * Width + Layers * (12L * Width * Width + 13L * Width) + 2L * Width
        : Layers * Gates * (2L * Width * Width + 2L * Width));

    /// <summary>Bytes that training needs at a batch of B rows, estimated: weights, gradients and two moments in float32, and what the
    /// backward pass keeps: activations a position, layer and channel, 34 in a Transformer, 3 for each gate and 4 for the state in a
    /// recurrent model; and four times the logits.</summary>
    public double TrainingBytes(long batchRows) =>
        16.0 * Parameters + 4.0 * batchRows * Context * ((IsTransformer ? 34.0 : 3.0 * Gates + 4) * Layers * Width + 4.0 * Vocabulary);

    /// <summary>The model that this describes; every parameter comes from <paramref name="generator"/>.</summary>
    /// <exception cref="ArgumentException">The size is impossible.</exception>
    public LanguageModel Build(Generator generator) => IsTransformer ? new TransformerLm(this, generator) : new RecurrentLm(this, generator);

    /// <summary>Refuses an impossible size.</summary>
    /// <exception cref="ArgumentException">One sentence naming the value and what would be right.</exception>
    public ModelConfig Checked()
    {
        foreach (var (name, value) in new[] { ("Vocabulary", Vocabulary), ("Context", Context), ("Width", Width), ("Layers", Layers), ("Heads", Heads) })
            if (value < 1) throw new ArgumentException($"{name} is {value}: it must be at least 1.");
        if (IsTransformer && Width % Heads != 0)
            throw new ArgumentException($"Width {Width} is not divisible by Heads {Heads}: each head takes Width / Heads channels.");
        if (Start < 0 || Start >= Vocabulary) throw new ArgumentException($"Start is {Start}: it must be a token id below Vocabulary, {Vocabulary}.");
        return this;
    }

    private bool IsTransformer => Architecture == Architecture.Transformer;
}
