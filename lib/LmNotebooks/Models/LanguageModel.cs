using LmNotebooks.Languages;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>A named part of a model: what a stage trains, and what a measure swaps.</summary>
public sealed record Part(string Name, nn.Module Module);

/// <summary>One use of a matrix or of attention in the forward pass.</summary>
/// <param name="Owner">The part whose parameters are multiplied; null for attention, which has none of its own.</param>
/// <param name="Flops">Forward floating-point operations a token: multiply-adds times two. A matrix used k times is listed k times.</param>
public sealed record Application(Part? Owner, double Flops);

/// <summary>A neural language model: token ids [B, T] to logits [B, T, V] of the token after each. Assembled of parts with a seam
/// between them, so that each can be trained, frozen or replaced alone: Embedding -> Body -> Head.</summary>
public abstract class LanguageModel : Layer, ISequenceDistribution
{
    private const int Rows = 64;

    private readonly TokenEmbedding embedding;
    private readonly Body body;
    private readonly OutputHead head;

    protected LanguageModel(ModelConfig config, Body body, Generator generator)
    {
        Config = config;
        (embedding, this.body) = (new TokenEmbedding(config), body);
        head = new OutputHead(config, config.TieHead ? embedding.Products : null);
        (Embedding, Body, Head) = (new("embedding", embedding), new("body", body), new("head", head));
        foreach (var part in Parts) register_module(part.Name, part.Module);
        Initialise(generator, Parts);
    }

    public ModelConfig Config { get; }
    public int Vocabulary => Config.Vocabulary;

    /// <summary>Longest sequence the model reads, in tokens.</summary>
    public int Context => Config.Context;

    public Part Embedding { get; }
    public Part Body { get; }
    public Part Head { get; }

    /// <summary>The parts in the order in which data flows through them.</summary>
    public IReadOnlyList<Part> Parts => [Embedding, Body, Head];

    public override Tensor forward(Tensor tokens) => head.call(Encode(tokens));                       // [B, T] -> [B, T, V]

    /// <summary>What the head reads.</summary>
    public Tensor Encode(Tensor tokens) => body.call(embedding.call(tokens));                         // [B, T] -> [B, T, C]

    /// <summary>The token vectors as plain numbers, by token id.</summary>
    public double[][] Vectors()
    {
        using var scope = NewDisposeScope();
        return [.. embedding.Weight.detach().to(float64).cpu().data<double>().ToArray().Chunk(Config.Width)];
    }

    /// <summary>What a forward pass over sequences of this length computes, in order. Embedding look-ups count nothing but are listed,
    /// since gradients must reach them.</summary>
    /// <param name="probe">A head that stands in the place of the model's; null for its own.</param>
    public IEnumerable<Application> Applications(int length, Part? probe = null)
    {
        Application[] factor = Config.VectorWidth is { } width ? [new(Embedding, 2.0 * width * Config.Width)] : [];
        return [new(Embedding, 0), .. factor, .. BodyApplications(length), .. Config.TieHead && probe is null
            ? factor.Append(new(Embedding, 2.0 * (Config.VectorWidth ?? Config.Width) * Vocabulary)) : [new(probe ?? Head, 2.0 * Config.Width * Vocabulary)]];
    }

    protected abstract IEnumerable<Application> BodyApplications(int length);

    /// <summary>Draws every parameter of some parts anew from <paramref name="generator"/>, in the order of their names: constructors draw from
    /// a process-wide generator, and runs that share a process must not disturb each other.</summary>
    /// <remarks>Matrices are normal, with the architecture's standard deviations; biases are 0, but for those that an architecture sets,
    /// and layer-norm gains 1.</remarks>
    public void Initialise(Generator generator, IReadOnlyList<Part> parts)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        foreach (var (name, p) in named_parameters().Where(n => parts.Any(p => n.name.StartsWith(p.Name + "."))).OrderBy(n => n.name, StringComparer.Ordinal))
        {
            if (p.dim() >= 2) p.copy_(empty(p.shape, p.dtype).normal_(0, DeviationOf(name), generator));
            else if (name.EndsWith("weight")) p.fill_(1);
            else InitialiseBias(name, p);
        }
    }

    /// <summary>The factor that widens token vectors leaves them their size.</summary>
    private double DeviationOf(string name) => !name.StartsWith(Embedding.Name) ? Deviation(name)
        : name.Contains("widen") ? 1 / Math.Sqrt(Config.VectorWidth!.Value) : VectorDeviation;

    /// <summary>Standard deviation of token and position vectors at the beginning.</summary>
    protected abstract double VectorDeviation { get; }

    /// <summary>Standard deviation of the body's or head's matrix of this name at the beginning.</summary>
    protected abstract double Deviation(string name);

    /// <summary>Sets a bias to what it is at the beginning.</summary>
    protected virtual void InitialiseBias(string name, Tensor bias) => bias.zero_();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A document is longer than the model's context.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents)
    {
        var longest = documents.Count == 0 ? 0 : documents.Max(d => d.Length);
        if (longest > Context) throw new ArgumentException($"A document has {longest} tokens, but the model reads {Context}: cut it, or train with a larger Context.");
        var result = new List<double[]>(documents.Count);
        foreach (var chunk in documents.Chunk(Rows))
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            int B = chunk.Length, T = Math.Max(1, chunk.Max(d => d.Length));
            var rows = new long[B, T + 1];
            for (var b = 0; b < B; b++)
                for (var t = 0; t <= T; t++)
                    rows[b, t] = t == 0 || t > chunk[b].Length ? Config.Start : chunk[b][t - 1];
            var ids = tensor(rows, device: Device);                                                       // [B, T+1]
            var logits = call(ids.narrow(1, 0, T));                                                       // [B, T, V]
            var picked = logits.log_softmax(-1).gather(-1, ids.narrow(1, 1, T).unsqueeze(-1)).cpu();      // [B, T, 1]
            var values = picked.data<float>().ToArray();
            for (var b = 0; b < B; b++)
                result.Add([.. Enumerable.Range(0, chunk[b].Length).Select(t => (double)values[b * T + t])]);
        }
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>Of a prefix longer than the context, only the end is read.</remarks>
    public double[] Next(IReadOnlyList<int> prefix)
    {
        using var reading = Read(prefix);
        return reading.Next;
    }

    /// <summary>Reads a text so that it can be continued without being read again.</summary>
    public Reading Read(IReadOnlyList<int> prefix) => new Remembering(this, [Config.Start, .. prefix], []);

    /// <summary>A text of which the body's memory is kept. Beyond the context the window slides: the positions of all tokens change then,
    /// so its end is read anew.</summary>
    private sealed class Remembering : Reading
    {
        private readonly LanguageModel model;
        private readonly long[] ids;
        private readonly IReadOnlyList<Tensor> memory;

        public Remembering(LanguageModel model, long[] ids, IReadOnlyList<Tensor> before)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            if (ids.Length > model.Context) before = [];
            var earlier = before.Count == 0 ? 0 : ids.Length - 1;
            var read = before.Count == 0 ? ids[^Math.Min(ids.Length, model.Context)..] : ids[^1..];
            var (x, kept) = model.body.Read(model.embedding.Read(tensor(read, device: model.Device).unsqueeze(0), earlier), before);   // [1, T, C]
            Next = model.head.call(x.narrow(1, -1, 1)).flatten().to(float64).softmax(-1).cpu().data<double>().ToArray();
            foreach (var tensor in kept) tensor.MoveToOuterDisposeScope();
            (this.model, this.ids, memory) = (model, ids, kept);
        }

        public override double[] Next { get; }
        public override Reading Then(int token) => new Remembering(model, [.. ids, token], memory);

        public override void Dispose()
        {
            foreach (var tensor in memory) tensor.Dispose();
        }
    }

    private Device Device => parameters().First().device;
}
