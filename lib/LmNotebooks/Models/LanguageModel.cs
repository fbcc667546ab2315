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
/// between them, so that each can be trained, frozen or replaced alone.</summary>
public abstract class LanguageModel(int vocabulary, int context, int start) : Layer, ISequenceDistribution
{
    private const int Rows = 64;

    public int Vocabulary { get; } = vocabulary;

    /// <summary>Longest sequence the model reads, in tokens.</summary>
    public int Context { get; } = context;

    /// <summary>The parts in the order in which data flows through them.</summary>
    public abstract IReadOnlyList<Part> Parts { get; }

    /// <summary>What a forward pass over sequences of this length computes, in order. Embedding look-ups count nothing but are listed,
    /// since gradients must reach them.</summary>
    public abstract IEnumerable<Application> Applications(int length);

    /// <summary>Draws every parameter anew from <paramref name="generator"/>, in the order of their names: constructors draw from a
    /// process-wide generator, and runs that share a process must not disturb each other.</summary>
    public abstract void Initialise(Generator generator);

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
                    rows[b, t] = t == 0 || t > chunk[b].Length ? start : chunk[b][t - 1];
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
        using var scope = NewDisposeScope();
        using var off = no_grad();
        long[] ids = [start, .. prefix.Select(id => (long)id)];
        var read = tensor(ids[^Math.Min(ids.Length, Context)..], device: Device).unsqueeze(0);            // [1, T]
        var last = call(read)[0, -1].to(float64).softmax(-1).cpu();                                       // [V]
        return last.data<double>().ToArray();
    }

    private Device Device => parameters().First().device;
}
