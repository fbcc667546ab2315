using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Measures;

/// <summary>How a model stands before each word of some documents: its state there, C numbers, and the logarithm of the
/// sum of exp of all logits. With these the chance of any further word is known without the model.</summary>
public static class WordStates
{
    private const int Rows = 64;

    /// <param name="documents">None longer than the model's context.</param>
    /// <returns>Of each word its id and how the model stands before it.</returns>
    public static IReadOnlyList<(int Word, double[] State, double LogSum)> Of(LanguageModel model,
        IReadOnlyList<int[]> documents)
    {
        var result = new List<(int, double[], double)>();
        foreach (var chunk in documents.Chunk(Rows))
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var longest = chunk.Max(d => d.Length);
            var rows = new long[chunk.Length, longest];
            for (var b = 0; b < chunk.Length; b++)
                for (var t = 0; t < longest; t++)
                    rows[b, t] = t == 0 || t > chunk[b].Length ? model.Config.Start : chunk[b][t - 1];
            var states = model.States(tensor(rows, device: model.Device));                                // [B, T, C]
            var sums = model.Head.Module.call(states).logsumexp(-1).cpu().data<float>().ToArray();       // [B, T]
            var numbers = states.to(float64).cpu().data<double>().ToArray().Chunk(model.Config.Width).ToArray();
            result.AddRange(from b in Enumerable.Range(0, chunk.Length)
                            from t in Enumerable.Range(0, chunk[b].Length)
                            select (chunk[b][t], numbers[b * longest + t], (double)sums[b * longest + t]));
        }
        GC.KeepAlive(model);   // libtorch reads weights that the model alone holds
        return result;
    }
}
