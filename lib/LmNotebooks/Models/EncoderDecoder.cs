using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>A neural translator (Sutskever et al. 2014; Vaswani et al. 2017): an encoder reads the whole source, and a
/// decoder predicts each token of the translation from those before it and from what the encoder has made of the
/// source. Its parts: source -> encoder for the one language, embedding -> body -> head for the other.</summary>
public sealed class EncoderDecoder : Model, IConditionalDistribution
{
    private const int Rows = 64;

    /// <exception cref="ArgumentException">The size is impossible, or it describes a language model; one
    /// sentence.</exception>
    public EncoderDecoder(ModelConfig config, Generator generator) : this(config, Described(config), generator) { }

    private EncoderDecoder(ModelConfig config, ModelConfig source, Generator generator)
        : this(config, new("source", new(source)), BodyOf(source).As("encoder"), generator) { }

    private EncoderDecoder(ModelConfig config, Part<TokenEmbedding> source, Part<Body> encoder, Generator generator)
        : base(config, new TransformerBody(config, config.ShareEncoder ? encoder : null), generator, source, encoder) =>
            (Source, Encoder) = (source, encoder);

    /// <summary>The token vectors of the source.</summary>
    public Part<TokenEmbedding> Source { get; }

    /// <summary>The body that reads the source: a Transformer sees all of it at each position, recurrent layers read it
    /// from left to right, so that what stands beyond its end changes nothing before it.</summary>
    public Part<Body> Encoder { get; }

    protected override (Part<TokenEmbedding> Vectors, Part<Body> Body) Reader => (Source, Encoder);

    internal override int TextContext => Config.SourceContext;

    protected override Tensor Hidden(Batch batch, Detour way) =>
        ((TransformerBody)(way.Body ?? Body).Module)
            .States(Tokens.call(batch.Inputs), Encode(batch.Sources!), layers: way.Layers);

    /// <summary>What the encoder makes of sources [B, S], of which <see cref="Corpus.Nothing"/> stands beyond the
    /// end.</summary>
    public Encoded Encode(Tensor sources)
    {
        var seen = sources.ge(Scalars.Zero).unsqueeze(1).unsqueeze(1);                                // [B, 1, 1, S]
        var vectors = Source.Module.call(sources.clamp_min(Scalars.Zero));                            // [B, S, C]
        return new Encoded(Encoder.Module.States(vectors, IsRecurrent ? null : seen), seen);
    }

    /// <inheritdoc/>
    /// <remarks>All is counted for a target token. What is computed once for a source token, by the encoder and by the
    /// keys and values of cross-attention, is multiplied by the source tokens for each target token. What the decoder
    /// uses of the encoder's weights belongs to the encoder.</remarks>
    public override IEnumerable<Application> Applications(Extent text, Detour? way = null)
    {
        var encoding = Source.Module.Applications(Source)
            .Concat(Encoder.Module.Applications(Encoder, text.Source));
        return [.. encoding.Select(a => a with { Flops = a.Flops * text.SourceShare, OfSource = true }),
            .. base.Applications(text, way)];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A source or a target is longer than the model reads, or a source is
    /// empty.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples)
    {
        var longest = examples.Select(e => e.Target.Length).DefaultIfEmpty().Max();
        if (longest > Context)
            throw new ArgumentException($"A translation has {longest} tokens, but the model reads {Context}: cut it, "
            + "or train with a larger Context.");
        var result = new List<double[]>(examples.Count);
        foreach (var chunk in examples.Chunk(Rows))
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var batch = Take(chunk, Config.Start);
            var logs = Logits(batch, Detour.None).log_softmax(-1);                                    // [B, T, V]
            var targets = batch.Targets.clamp_min(Scalars.Zero);
            var picked = logs.gather(-1, targets.unsqueeze(-1)).squeeze(-1).cpu();                    // [B, T]
            var T = (int)picked.size(1);
            float[] values = T == 0 ? [] : picked.data<float>().ToArray();
            result.AddRange(chunk.Select((e, b) => values.AsSpan(b * T, e.Target.Length).ToArray()
                .Select(v => (double)v).ToArray()));
        }
        GC.KeepAlive(this);   // libtorch reads weights that the model alone holds
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>Of a prefix longer than the context, only the end is read.</remarks>
    /// <exception cref="ArgumentException">The source is longer than the model reads, or empty.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        int[] read = [.. prefix.Prepend(Config.Start).TakeLast(Context)];
        // its last target is not looked at
        var batch = Take([new Example([.. source], [.. read[1..], Config.Start])], read[0]);
        var next = Logits(batch, Detour.None)[0, -1].to(float64).softmax(-1).cpu().data<double>().ToArray();
        GC.KeepAlive(this);   // libtorch reads weights that the model alone holds
        return next;
    }

    private static Body BodyOf(ModelConfig source) => source.Architecture == Architecture.Transformer
        ? new TransformerBody(source) : new RecurrentBody(source);

    private bool IsRecurrent => Config.SourceArchitecture != Architecture.Transformer;

    private Batch Take(IReadOnlyList<Example> examples, int start)
    {
        foreach (var length in examples.Select(e => e.Source.Length))
            if (length < 1 || length > Config.SourceContext)
                throw new ArgumentException($"A source has {length} tokens, but the model reads 1 to "
                    + $"{Config.SourceContext}: cut it, or train with a larger SourceContext.");
        return Corpus.OfTranslations(examples, start)
            .Take([.. Enumerable.Range(0, examples.Count).Select(n => (long)n)], Device);
    }

    private static ModelConfig Described(ModelConfig config) => config.Checked().Source
        ?? throw new ArgumentException("SourceVocabulary is null, so this describes a language model and no "
            + "translator: set it.");
}
