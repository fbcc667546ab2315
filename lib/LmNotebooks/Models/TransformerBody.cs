using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Position vectors, which are added to what comes in, the blocks and a final layer norm (Vaswani et al. 2017,
/// pre-norm): [B, T, C] to [B, T, C]. It is the decoder of a language, and read with a mask of whole texts an
/// encoder.</summary>
/// <param name="lender">The encoder whose blocks stand in the place of its own, but for the attention to the source;
/// null where all are its own.</param>
public sealed class TransformerBody(ModelConfig c, Part<Body>? lender = null) : Body
{
    private readonly Embedding position = Embedding(c.Context, c.Width);
    private readonly Embedding? step = c.StepVectors ? Embedding(c.Layers, c.Width) : null;
    private readonly ModuleList<Block> blocks = new([.. Enumerable.Range(0, c.Layers).Select(i =>
        new Block(c, lender is null && ModelConfig.IsOwn(c.AttentionOf, i), lender is null
            && ModelConfig.IsOwn(c.FeedForwardOf, i),
            crosses: c.SourceVocabulary is not null && ModelConfig.IsOwn(c.AttentionOf, i)))]);
    private readonly LayerNorm norm = LayerNorm(c.Width);

    /// <inheritdoc/>
    /// <remarks>Its parts are the positions (with the step vectors, if there are any), the layers and the final norm.
    /// What layers share belongs to the first of them.</remarks>
    public override Part<Body> As(string name) => new(name, this)
    {
        Parts =
        [
            new Part($"{name} positions", step is null ? position
                : new ModuleList<Embedding>(position, step)) { Draw = DrawPositions },
            .. blocks.Select((block, i) => new Part($"{name} layer {i + 1}", block) { Draw = block.Initialise }),
            new Part($"{name} norm", norm) { Draw = _ => Initial.Set(norm) },
        ],
    };

    public override void Initialise(Generator generator)
    {
        DrawPositions(generator);
        foreach (var block in blocks) block.Initialise(generator);
        Initial.Set(norm);
    }

    public override Tensor States(Tensor x, Tensor? seen = null, Tensor? places = null, int? layers = null) =>
        States(x, null, seen, places, layers);

    /// <summary>The output at each position of a translation, which also looks at its source.</summary>
    /// <param name="source">What the encoder made of it; null where there is none.</param>
    /// <inheritdoc cref="Body.States"/>
    public Tensor States(Tensor x, Encoded? source, Tensor? seen = null, Tensor? places = null, int? layers = null)
    {
        // Attention knows no order: each vector must bring its place along.
        x = x.Plus(Positions(x, places));                                                             // [B, T, C]
        if (!FastPath.Takes(x)) return Through(x, [], source, seen, layers).Output;

        // The same layers as in Through, but as passes over rows, which are fused as far as nothing interrupts them.
        List<RowPass> passes = [];
        foreach (var (number, (attention, feedForward)) in Layers(layers).Index())
        {
            if (step is not null) (x, passes) = (Step(passes.Count == 0 ? x : Chain.Run(x, passes, seen), number), []);
            passes.Add(Lent[attention].AttentionPass());
            if (source is not null) (x, passes) = (blocks[attention].Cross(Chain.Run(x, passes, seen), source), []);
            passes.Add(Lent[feedForward].FeedForwardPass());
        }
        return Chain.Run(x, [.. passes, new FinalNorm(norm)], seen);
    }

    /// <inheritdoc/>
    /// <remarks>Kept are the keys and the values of each layer, [B, T, H, D], or one head of them.</remarks>
    public override (Tensor Output, IReadOnlyList<Tensor> Memory) Read(Tensor x, IReadOnlyList<Tensor> memory) =>
        Through(x.Plus(PositionsAfter(memory.Count == 0 ? 0 : memory[0].size(1), x.size(1))), memory, null, null, null);

    /// <inheritdoc/>
    public override IEnumerable<Application> Applications(Part owner, Extent text, int? layers = null) =>
    [
        new(owner.Parts[0], 0),
        .. Layers(layers).SelectMany(l => (Application[])
        [
            .. Block.OfAttention(c, OwnerOf(l.Attention, owner), text.Length),
            .. c.SourceVocabulary is null ? [] : Block.OfCrossing(c, owner.Parts[1 + l.Attention], text),
            .. Block.OfFeedForward(c, OwnerOf(l.FeedForward, owner)),
        ]),
        new(owner.Parts[^1], 0),
    ];

    /// <summary>The attention weights of each layer, [B, H, T, T].</summary>
    public IEnumerable<Tensor> AttentionWeights(Tensor x)
    {
        x = x.Plus(Positions(x, null));
        foreach (var (number, (attention, feedForward)) in Layers().Index())
        {
            x = Step(x, number);
            yield return blocks[attention].AttentionWeights(x);
            x = blocks[feedForward].FeedForward(blocks[attention].Attend(x).Output);
        }
    }

    /// <summary>What its layers make of vectors that know their positions, by definition.</summary>
    private (Tensor Output, IReadOnlyList<Tensor> Memory) Through(Tensor x, IReadOnlyList<Tensor> memory,
        Encoded? source, Tensor? seen, int? layers)
    {
        List<Tensor> kept = [];
        foreach (var (number, (attention, feedForward)) in Layers(layers).Index())
        {
            x = Step(x, number);
            // Look around: at all that the mask shows, or at what came before, some of which may be kept from earlier.
            if (seen is not null) x = Lent[attention].AttendAll(x, seen);
            else
            {
                (x, var keys, var values) = memory.Count == 0 ? Lent[attention].Attend(x)
                    : Lent[attention].Attend(x, memory[kept.Count], memory[kept.Count + 1]);
                kept.AddRange(keys, values);
            }

            // A translation looks at its source, too.
            if (source is not null) x = blocks[attention].Cross(x, source);

            // Think about what was found.
            x = Lent[feedForward].FeedForward(x);
        }
        return (Kernels.Normalise(norm, x), kept);
    }

    /// <summary>What comes into a layer, which learns with it the how manieth it is.</summary>
    private Tensor Step(Tensor x, int layer) => step is null ? x : x.Plus(step.weight!.narrow(0, layer, 1));

    /// <summary>Draws the vectors of positions. They begin with the size of token vectors.</summary>
    private void DrawPositions(Generator generator)
    {
        Initial.Draw(position.weight!, 0.1, generator);
        if (step is not null) Initial.Draw(step.weight!, 0.1, generator);
    }

    /// <summary>The position vectors of whole texts, [T, C] or [B, T, C].</summary>
    private Tensor Positions(Tensor x, Tensor? places)
    {
        if (places is null) return PositionsAfter(0, x.size(1));
        if (places.device_type != DeviceType.META && places.numel() > 0) Fits(1 + places.max().item<long>());
        return Kernels.LookUp(position, places);
    }

    /// <summary>The position vectors of so many positions after the earlier ones, [T, C].</summary>
    private Tensor PositionsAfter(long earlier, long count)
    {
        Fits(earlier + count);
        return position.weight!.narrow(0, earlier, count);
    }

    private void Fits(long length)
    {
        if (length > c.Context)
            throw new ArgumentException($"A text has {length} tokens, but the model reads {c.Context}: cut it, or "
                + "train with a larger Context.");
    }

    /// <summary>The numbers of the layers whose attention and whose feed-forward part each layer uses.</summary>
    private IEnumerable<(int Attention, int FeedForward)> Layers(int? first = null) => first is null or > 0
        && !(first > c.Layers)
        ? Enumerable.Range(0, first ?? c.Layers).Select(i => (c.AttentionOf?[i] ?? i, c.FeedForwardOf?[i] ?? i))
        : throw new ArgumentException($"The way leaves the body after {first} layers, and it has {c.Layers}: name 1 to "
            + $"{c.Layers}.");

    /// <summary>The blocks whose self-attention and feed-forward parts are used.</summary>
    private ModuleList<Block> Lent => (lender?.Module as TransformerBody)?.blocks ?? blocks;

    /// <summary>The part to which the self-attention or the feed-forward part of a layer belongs.</summary>
    private Part OwnerOf(int layer, Part body) => (lender ?? body).Parts[1 + layer];
}
