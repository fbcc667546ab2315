using LmNotebooks.Tokens;

namespace LmNotebooks.Models;

/// <summary>Kind and size of a language model, or of a translator.</summary>
public sealed record ModelConfig
{
    public Architecture Architecture { get; init; }

    /// <summary>Number of token ids, V.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Longest sequence the model can read, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>Whether a question about a text is answered from all its positions, each of which sees the whole text,
    /// as in BERT (Devlin et al. 2019); else from the last one, which sees what is before it, as in GPT (Radford et al.
    /// 2018).</summary>
    public bool ReadsWhole { get; init; }

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

    /// <summary>For each layer, the layer whose feed-forward part it uses; null where each has its own. With <see
    /// cref="AttentionOf"/> too, a layer has nothing of its own (as in Dehghani et al. 2019 and Lan et al. 2020, which
    /// share layer norms too); the last layer norm belongs to no layer.</summary>
    public IReadOnlyList<int>? FeedForwardOf { get; init; }

    /// <summary>Whether a vector of its own is added to what comes into each layer of a Transformer (Dehghani et al.
    /// 2019), so that one that is used several times can tell which time it is.</summary>
    public bool StepVectors { get; init; }

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

    private readonly AnswerCounts classes = [];

    /// <summary>Id that stands for a token that is hidden; by default that of an unknown word, so that it needs no id
    /// of its own.</summary>
    public int Hole { get; init; } = 1;

    /// <summary>What the encoder of a translator is, described as a language model of the source; null for a language
    /// model.</summary>
    internal ModelConfig? Source => SourceVocabulary is not { } vocabulary ? null : this with
    {
        Vocabulary = vocabulary, Context = SourceContext, SourceVocabulary = null, ShareEncoder = false, Pieces = null,
            Architecture = SourceArchitecture, Classes = new AnswerCounts(),
        AttentionOf = SourceArchitecture == Architecture.Transformer ? AttentionOf : null,
            FeedForwardOf = SourceArchitecture == Architecture.Transformer ? FeedForwardOf : null,
    };

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
        if (!IsTransformer && (AttentionOf is not null || FeedForwardOf is not null || MultiQuery || StepVectors))
            throw new ArgumentException($"AttentionOf, FeedForwardOf, MultiQuery and StepVectors are for a "
                + "Transformer, "
                + $"and this model is of kind {Architecture}: leave them out.");
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

    internal bool IsTransformer => Architecture == Architecture.Transformer;
}
