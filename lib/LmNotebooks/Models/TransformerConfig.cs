namespace LmNotebooks.Models;

/// <summary>Size of a Transformer.</summary>
public sealed record TransformerConfig
{
    /// <summary>Number of token ids, V.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Longest sequence the model can read, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>Id that stands before the first token of a document.</summary>
    public int Start { get; init; }

    /// <summary>Width of the residual stream, C.</summary>
    public int Width { get; init; } = 64;

    public int Layers { get; init; } = 2;

    /// <summary>Attention heads, H; each is Width / Heads wide.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Whether the output matrix is the token embedding (Press and Wolf 2017).</summary>
    public bool TieHead { get; init; } = true;

    /// <summary>Number of parameters of the model that this describes.</summary>
    public long Parameters =>
        (long)Vocabulary * Width * (TieHead ? 1 : 2) + Vocabulary + (long)Context * Width
        + Layers * (12L * Width * Width + 13L * Width) + 2L * Width;

    /// <summary>Bytes that training needs at a batch of B rows, estimated: weights, gradients and two moments in float32, and what the
    /// backward pass keeps: 34 activations a position, layer and channel, and four times the logits.</summary>
    public double TrainingBytes(long batchRows) =>
        16.0 * Parameters + 4.0 * batchRows * Context * (34.0 * Layers * Width + 4.0 * Vocabulary);

    /// <summary>Refuses an impossible size.</summary>
    /// <exception cref="ArgumentException">One sentence naming the value and what would be right.</exception>
    public TransformerConfig Checked()
    {
        foreach (var (name, value) in new[] { ("Vocabulary", Vocabulary), ("Context", Context), ("Width", Width), ("Layers", Layers), ("Heads", Heads) })
            if (value < 1) throw new ArgumentException($"{name} is {value}: it must be at least 1.");
        if (Width % Heads != 0) throw new ArgumentException($"Width {Width} is not divisible by Heads {Heads}: each head takes Width / Heads channels.");
        if (Start < 0 || Start >= Vocabulary) throw new ArgumentException($"Start is {Start}: it must be a token id below Vocabulary, {Vocabulary}.");
        return this;
    }
}
