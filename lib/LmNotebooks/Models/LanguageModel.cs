using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>A neural language model: each token is predicted from those before it.</summary>
public abstract class LanguageModel(ModelConfig config, Body body, Generator generator)
    : Model(config, body, generator), ISequenceDistribution, IRemembering
{
    private const int Rows = 64;

    /// <summary>Logits of the token after each: [B, T] -> [B, T, V].</summary>
    public Tensor Logits(Tensor tokens) => Head.Module.call(Read(tokens, Detour.None));

    protected override Tensor Hidden(Batch batch, Detour way) => Read(batch.Inputs, way);

    private Tensor Read(Tensor tokens, Detour way) => // [B, T] -> [B, T, C]
        (way.Body ?? Body).Module.States(Tokens.call(tokens), layers: way.Layers);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A document is longer than the model's context.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents)
    {
        var longest = documents.Count == 0 ? 0 : documents.Max(d => d.Length);
        if (longest > Context)
            throw new ArgumentException($"A document has {longest} tokens, but the model reads {Context}: cut it, or "
            + "train with a larger Context.");
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
            var logits = Logits(ids.narrow(1, 0, T));                                                       // [B, T, V]
            var picked = logits.log_softmax(-1).gather(-1, ids.narrow(1, 1, T).unsqueeze(-1)).cpu();      // [B, T, 1]
            var values = picked.data<float>().ToArray();
            for (var b = 0; b < B; b++)
                result.Add([.. Enumerable.Range(0, chunk[b].Length).Select(t => (double)values[b * T + t])]);
        }
        GC.KeepAlive(this);   // libtorch reads weights that the model alone holds
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

    /// <summary>A text of which the body's memory is kept. Beyond the context the window slides: the positions of all
    /// tokens change then, so its end is read anew.</summary>
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
            var read = before.Count == 0 ? ids[^Math.Min(ids.Length, model.Context)..] : ids[^1..];
            var vectors = model.Tokens.call(tensor(read, device: model.Device).unsqueeze(0));            // [1, T, C]
            var (x, kept) = model.Body.Module.Read(vectors, before);
            var logits = model.Head.Module.call(x.narrow(1, -1, 1)).flatten();                           // [V]
            Next = logits.to(float64).softmax(-1).cpu().data<double>().ToArray();
            foreach (var tensor in kept) tensor.MoveToOuterDisposeScope();
            GC.KeepAlive(before);   // libtorch reads tensors that an earlier reading alone holds
            (this.model, this.ids, memory) = (model, ids, kept);
        }

        public override double[] Next { get; }
        public override Reading Then(int token) => new Remembering(model, [.. ids, token], memory);

        public override void Dispose()
        {
            foreach (var tensor in memory) tensor.Dispose();
        }
    }
}
