using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>A neural model of token sequences, assembled of parts with seams between them, so that each can be trained,
/// frozen or replaced alone: Embedding -> Body -> Head. Token ids [B, T] become logits [B, T, V] of the token after
/// each.</summary>
public abstract class Model : Module, IDistribution
{
    /// <param name="body">What stands between embedding and head.</param>
    /// <param name="before">Parts that the body reads from besides the embedding.</param>
    protected Model(ModelConfig config, Body body, Generator generator, params IReadOnlyList<Part> before)
        : base("model")
    {
        Config = config;
        (Embedding, Body) = (new("embedding", new(config)), body.As("body"));
        Head = new("head", new(config, config.TieHead ? () => Tokens : null));
        Parts = [.. before, Embedding, Body, Head];
        Heads = [.. config.Classes.Select(c =>
            new Part<AnswerHead>(NameOfHead(c.Key), new(config, c.Value)))];
        foreach (var part in Parts.Concat(Heads)) register_module(part.Name, part.Module);
        Initialise(generator, Parts);
        Initialise(generator, Heads);   // last, so that a model without them begins with the same weights
    }

    public ModelConfig Config { get; }
    public int Vocabulary => Config.Vocabulary;

    /// <summary>Longest sequence the model reads, in tokens.</summary>
    public int Context => Config.Context;

    public Part<TokenEmbedding> Embedding { get; }
    public Part<Body> Body { get; }
    public Part<OutputHead> Head { get; }

    /// <summary>The parts in the order in which data flows through them.</summary>
    public IReadOnlyList<Part> Parts { get; }

    /// <summary>The heads that answer questions about texts, in the order of their names.</summary>
    public IReadOnlyList<Part<AnswerHead>> Heads { get; }

    /// <summary>The head that answers a question.</summary>
    /// <exception cref="ArgumentException">There is none; one sentence.</exception>
    public Part<AnswerHead> HeadOf(string question) => Heads.FirstOrDefault(h => h.Name == NameOfHead(question))
        ?? throw new ArgumentException($"The model has no head for the question '{question}', but for "
            + $"{(Heads.Count == 0 ? "none" : string.Join(", ", Config.Classes.Keys))}: name it in Classes.");

    private static string NameOfHead(string question) => $"head for {question}";

    /// <summary>Logits of each target of a batch: [B, T, V].</summary>
    public Tensor Logits(Batch batch, Detour way) => (way.Head ?? Head).Module.call(Hidden(batch, way));

    /// <summary>Mean cross-entropy of a batch's targets: a scalar, in nats.</summary>
    public Tensor Loss(Batch batch, Detour way) => (way.Head ?? Head).Module.Loss(Hidden(batch, way), batch.Targets);

    /// <summary>What the head reads: [B, T, C].</summary>
    protected abstract Tensor Hidden(Batch batch, Detour way);

    /// <summary>What the model makes of texts before it says anything of them: [B, T] to [B, T, C]. A translator does
    /// so with its source.</summary>
    /// <inheritdoc cref="Models.Body.States"/>
    public Tensor States(Tensor tokens, Tensor? seen = null, Tensor? places = null) =>
        Reader.Body.Module.States(Reader.Vectors.Module.call(tokens), seen, places);

    /// <summary>Logits of the answers to a question about texts, [B, K], which are read once, in the way of
    /// <see cref="ModelConfig.ReadsWhole"/>.</summary>
    /// <param name="tokens">The texts, each with the start before it, and anything beyond its end, [B, T].</param>
    /// <param name="lengths">Tokens of each text, and its start, [B].</param>
    /// <param name="question">One of <see cref="ModelConfig.Classes"/>.</param>
    /// <exception cref="ArgumentException">The model has no such head, or does not read in this way; one
    /// sentence.</exception>
    public Tensor Answers(Tensor tokens, Tensor lengths, string question)
    {
        var head = HeadOf(question).Module;
        var seen = Config.ReadsWhole ? Sight.Whole(lengths, tokens.size(1)) : null;
        var states = States(tokens, seen);                                                            // [B, T, C]
        if (seen is not null) return head.call((states * seen.flatten(1).unsqueeze(2)).sum(1) / lengths.unsqueeze(1));
        var last = lengths.sub(Scalars.One).view(-1, 1, 1).expand(-1, 1, Config.Width);
        return head.call(states.gather(1, last).squeeze(1));
    }

    /// <summary>What answering a question about texts of this length computes, a token, in order.</summary>
    /// <inheritdoc cref="HeadOf"/>
    public IEnumerable<Application> AnswerApplications(double length, string question)
    {
        var (vectors, body, head) = (Reader.Vectors, Reader.Body, HeadOf(question));
        return [.. vectors.Module.Applications(vectors), .. body.Module.Applications(body, length),
            head.Module.Application(head, length)];
    }

    /// <summary>The parts that read a text that is asked about, in the order in which it goes through them.</summary>
    public IReadOnlyList<Part> Readers => [Reader.Vectors, Reader.Body];

    /// <summary>The parts that read a text that is asked about.</summary>
    protected virtual (Part<TokenEmbedding> Vectors, Part<Body> Body) Reader => (Embedding, Body);

    /// <summary>Longest text that is asked about, in tokens.</summary>
    internal virtual int TextContext => Context;

    /// <summary>The token vectors as plain numbers, by token id.</summary>
    public double[][] Vectors()
    {
        using var scope = NewDisposeScope();
        return [.. Tokens.Weight.detach().to(float64).cpu().data<double>().ToArray().Chunk(Config.Width)];
    }

    /// <summary>What a forward pass over a text computes, a token, in order. Embedding look-ups and layer
    /// norms count nothing but are listed, since gradients must reach them.</summary>
    /// <param name="way">Null for the model's own.</param>
    public virtual IEnumerable<Application> Applications(Extent text, Detour? way = null)
    {
        var body = way?.Body ?? Body;
        return [.. Tokens.Applications(Embedding), .. body.Module.Applications(body, text, way?.Layers),
            .. Config.TieHead && way?.Head is null
            ? Tokens.ProductApplications(Embedding) : [new(way?.Head ?? Head, 2.0 * Config.Width * Vocabulary)]];
    }

    /// <summary>Draws all weights of some parts anew, one part after another.</summary>
    public void Initialise(Generator generator, IReadOnlyList<Part> parts)
    {
        using var scope = NewDisposeScope();
        foreach (var part in parts) part.Draw!(generator);
    }

    /// <summary>The embedding's module.</summary>
    internal TokenEmbedding Tokens => Embedding.Module;

    protected internal Device Device => parameters().First().device;
}
