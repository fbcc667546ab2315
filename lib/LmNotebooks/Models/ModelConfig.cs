using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>How the body of a model brings earlier tokens to later ones.</summary>
public enum Architecture
{
    /// <summary>Attention over all of them (Vaswani et al. 2017).</summary>
    Transformer,

    /// <summary>A vector that each token changes (Elman 1990).</summary>
    Rnn,

    /// <summary>A vector with a cell beside it, to which gates add and from which they take (Hochreiter and Schmidhuber
    /// 1997).</summary>
    Lstm,

    /// <summary>A vector of which gates keep a share (Cho et al. 2014).</summary>
    Gru,
}

/// <summary>Kind and size of a language model, or of a translator.</summary>
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

    /// <summary>For each layer of a Transformer, from 0, the layer whose attention it uses, its own or an earlier
    /// one's, with the layer norm before it; null where each has its own. <see cref="LayerPattern"/> makes the usual
    /// ones.</summary>
    public IReadOnlyList<int>? AttentionOf { get; init; }

    /// <summary>The same of the feed-forward part. With both, a layer has nothing of its own (as in Dehghani et al.
    /// 2019 and Lan et al. 2020, which share layer norms too); the last layer norm belongs to no layer.</summary>
    public IReadOnlyList<int>? FeedForwardOf { get; init; }

    /// <summary>Whether all heads of a layer look at the same keys and values, Width / Heads wide (multi-query
    /// attention, Shazeer 2019).</summary>
    public bool MultiQuery { get; init; }

    /// <summary>Width of the token vectors, E, if the table is factorised (Lan et al. 2020): [V, E], and a matrix [C,
    /// E] that makes them as wide as the body, without a bias. A tied head uses both. Null for a table [V, C]. Position
    /// vectors are always C wide.</summary>
    public int? VectorWidth { get; init; }

    /// <summary>The pieces of which the vectors of tokens are sums (Bojanowski et al. 2017), so that words with a piece
    /// in common have something in common from the beginning; null for a vector of its own for each token. A tied head
    /// uses the sums. The language that a translator reads has whole vectors.</summary>
    public Pieces? Pieces { get; init; }

    /// <summary>Number of token ids of what a translator translates; null for a language model.</summary>
    public int? SourceVocabulary { get; init; }

    /// <summary>Longest source that a translator reads, in tokens.</summary>
    public int SourceContext { get; init; }

    /// <summary>How the encoder of a translator brings tokens of the source to each other; recurrent layers bring
    /// earlier ones to later ones. The decoder is a Transformer. What is said of layers is said of both.</summary>
    public Architecture SourceArchitecture { get; init; }

    /// <summary>Whether the layers of the decoder use the self-attention and the feed-forward part of the encoder's
    /// (Xia et al. 2019).</summary>
    public bool ShareEncoder { get; init; }

    /// <summary>The questions about texts for which there are heads, each with its number of answers.</summary>
    public IReadOnlyDictionary<string, int> Classes { get => classes; init => classes = new(value); }

    private readonly Questions classes = [];

    /// <summary>Id that stands for a token that is hidden; by default that of an unknown word, so that it needs no id
    /// of its own.</summary>
    public int Hole { get; init; } = 1;

    /// <summary>Vectors that a recurrent layer computes at each token: the new state, and one for each gate.</summary>
    public int Gates => Architecture switch { Architecture.Lstm => 4, Architecture.Gru => 3, _ => 1 };

    /// <summary>Number of parameters of the model that this describes.</summary>
    public long Parameters => VectorParameters + (TieHead ? 0 : (long)Vocabulary * Width) + Vocabulary
        + (ShareEncoder ? 0 : LayerParameters) + NormParameters
        // the last: to the source
        + (Source is { } source ? source.VectorParameters + source.LayerParameters + source.NormParameters
            + AttentionParameters : 0)
        + Classes.Values.Sum(answers => answers * (Width + 1L));

    private long VectorParameters => (long)(Pieces?.Count ?? Vocabulary) * (VectorWidth ?? Width) + (long)Width
        * (VectorWidth ?? 0) + (IsTransformer ? (long)Context * Width : 0);

    private long LayerParameters => IsTransformer
        ? AttentionParameters + Own(FeedForwardOf) * (8L * Width * Width + 7L * Width)
        : Layers * Gates * (2L * Width * Width + 2L * Width);

    private long AttentionParameters => Own(AttentionOf) * ((Width + 1L) * (2L * Width + 2L * KeyWidth) + 2L * Width);

    private long NormParameters => IsTransformer ? 2L * Width : 0;

    /// <summary>What the encoder of a translator is, described as a language model of the source; null for a language
    /// model.</summary>
    internal ModelConfig? Source => SourceVocabulary is not { } vocabulary ? null : this with
    {
        Vocabulary = vocabulary, Context = SourceContext, SourceVocabulary = null, ShareEncoder = false, Pieces = null,
            Architecture = SourceArchitecture, Classes = new Questions(),
        AttentionOf = SourceArchitecture == Architecture.Transformer ? AttentionOf : null,
            FeedForwardOf = SourceArchitecture == Architecture.Transformer ? FeedForwardOf : null,
    };

    /// <summary>Channels of a layer's keys, and of its values.</summary>
    internal int KeyWidth => MultiQuery ? Width / Heads : Width;

    /// <summary>Bytes that training needs at a batch of B rows, estimated: weights, gradients and two moments in
    /// float32, and what the backward pass keeps: activations a position, layer and channel, 34 in a Transformer, 13
    /// more where it also looks at a source, 3 for each gate and 4 for the state in a recurrent model; and four times
    /// the logits.</summary>
    public double TrainingBytes(long batchRows) =>
        16.0 * Parameters + 4.0 * batchRows * (Context * (Activations + 4.0 * Vocabulary)
        + (Source is { } source ? source.Context * source.Activations + Context * 13.0 * Layers * Width : 0));

    private double Activations => (IsTransformer ? 34.0 : 3.0 * Gates + 4) * Layers * Width;

    /// <summary>The model that this describes; every parameter comes from <paramref name="generator"/>.</summary>
    /// <exception cref="ArgumentException">The size is impossible.</exception>
    public Model Build(Generator generator) => SourceVocabulary is not null ? new EncoderDecoder(this, generator)
        : IsTransformer ? new TransformerLm(this, generator) : new RecurrentLm(this, generator);

    /// <summary>Refuses an impossible size.</summary>
    /// <exception cref="ArgumentException">One sentence naming the value and what would be right.</exception>
    public ModelConfig Checked()
    {
        foreach (var (name, value) in new[] { ("Vocabulary", Vocabulary), ("Context", Context), ("Width", Width),
            ("Layers", Layers), ("Heads", Heads) })
            if (value < 1) throw new ArgumentException($"{name} is {value}: it must be at least 1.");
        if (IsTransformer && Width % Heads != 0)
            throw new ArgumentException($"Width {Width} is not divisible by Heads {Heads}: each head takes Width / "
                + "Heads channels.");
        if (VectorWidth < 1)
            throw new ArgumentException($"VectorWidth is {VectorWidth}: it must be at least 1, or null for vectors as "
            + "wide as the body.");
        if (!IsTransformer && (AttentionOf is not null || FeedForwardOf is not null || MultiQuery))
            throw new ArgumentException($"AttentionOf, FeedForwardOf and MultiQuery are for a Transformer, and this "
                + $"model is of kind {Architecture}: leave them out.");
        Check(nameof(AttentionOf), AttentionOf);
        Check(nameof(FeedForwardOf), FeedForwardOf);
        CheckTranslator();
        if (Pieces?.Fault(Vocabulary) is { } fault) throw new ArgumentException(fault);
        if (Start < 0 || Start >= Vocabulary)
            throw new ArgumentException($"Start is {Start}: it must be a token id below Vocabulary, {Vocabulary}.");
        if (Hole < 0 || Hole >= Vocabulary)
            throw new ArgumentException($"Hole is {Hole}: it must be a token id below Vocabulary, {Vocabulary}.");
        foreach (var (question, answers) in Classes)
        {
            if (question.Length == 0 || question.Contains('.'))
                throw new ArgumentException($"Classes names a question '{question}': its name must have a letter and "
                    + "no "
                    + "full stop, since weights are named by it.");
            if (answers < 1)
                throw new ArgumentException($"Classes gives the question '{question}' {answers} answers: it must be at "
                    + "least 1.");
        }
        return this;
    }

    private void CheckTranslator()
    {
        if (SourceVocabulary is null)
        {
            if (ShareEncoder)
                throw new ArgumentException("ShareEncoder is for a translator, and this is a language model: set "
                + "SourceVocabulary, or leave it out.");
            return;
        }
        foreach (var (name, value) in new[] { ("SourceVocabulary", SourceVocabulary.Value),
            ("SourceContext", SourceContext) })
            if (value < 1) throw new ArgumentException($"{name} is {value}: it must be at least 1.");
        if (!IsTransformer)
            throw new ArgumentException($"The decoder of a translator is a Transformer, and Architecture is "
                + $"{Architecture}: choose the encoder's by SourceArchitecture.");
        if (ShareEncoder && SourceArchitecture != Architecture.Transformer)
            throw new ArgumentException($"ShareEncoder needs an encoder that is a Transformer, and SourceArchitecture "
                + $"is {SourceArchitecture}: leave one of the two out.");
    }

    private void Check(string name, IReadOnlyList<int>? of)
    {
        if (of is null) return;
        if (of.Count != Layers)
            throw new ArgumentException($"{name} names {of.Count} layers: it must name one for each of the {Layers} "
            + "Layers.");
        foreach (var (layer, owner) in of.Index())
            if (owner < 0 || owner > layer || of[owner] != owner)
                throw new ArgumentException($"{name} says that layer {layer} uses the weights of layer {owner}: it "
                    + "must name itself, or an earlier layer that names itself.");
    }

    /// <summary>Whether a layer has its own weights.</summary>
    internal static bool IsOwn(IReadOnlyList<int>? of, int layer) => of is null || of[layer] == layer;

    private int Own(IReadOnlyList<int>? of) => of?.Distinct().Count() ?? Layers;

    private bool IsTransformer => Architecture == Architecture.Transformer;
}
