using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Measures;

/// <summary>What stands at the seams of a model that reads texts, for whatever might be put there: the one vector of a
/// text that an answer head reads, the mean over the positions or the last one as
/// <see cref="ModelConfig.ReadsWhole"/> says.</summary>
public static class SeamStates
{
    private const int Rows = 64;

    /// <summary>The vectors of texts at each seam, C numbers each. Seam 0 is after the token vectors as they are, seam
    /// k after k layers and the body's final norm. Recurrent layers are gone through as a whole, so that there is one
    /// seam after them.</summary>
    /// <param name="texts">Token ids, without a start.</param>
    /// <returns>Of each seam the vectors, in the order of the texts.</returns>
    /// <exception cref="ArgumentException">The model does not read such texts; one sentence.</exception>
    public static IReadOnlyList<double[][]> Of(Model model, IReadOnlyList<int[]> texts)
    {
        var batches = texts.Chunk(Rows).Select(chunk => Read(model, chunk)).ToList();
        GC.KeepAlive(model);   // libtorch reads weights that the model alone holds
        return [.. Ways(model).Select((_, seam) => batches.SelectMany(batch => batch[seam]).ToArray())];
    }

    /// <summary>After how many layers each seam is; null for all that there are.</summary>
    private static IEnumerable<int?> Ways(Model model) => model.Readers[1].Module is TransformerBody
        ? Enumerable.Range(0, model.Config.Layers + 1).Select(layers => (int?)layers) : [0, null];

    private static IReadOnlyList<double[][]> Read(Model model, IReadOnlyList<int[]> texts)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var longest = texts.Max(t => t.Length) + 1;   // the start is read too
        var rows = new long[texts.Count, longest];
        for (var b = 0; b < texts.Count; b++)
            for (var t = 0; t < longest; t++)
                rows[b, t] = t == 0 || t > texts[b].Length ? model.Config.Start : texts[b][t - 1];
        var device = model.Device;
        var lengths = tensor(texts.Select(t => t.Length + 1L).ToArray(), device: device);             // [B]
        var seen = model.Config.ReadsWhole ? Sight.Whole(lengths, longest) : null;
        var vectors = ((TokenEmbedding)model.Readers[0].Module).call(tensor(rows, device: device));   // [B, T, C]
        var body = (Body)model.Readers[1].Module;
        return [.. Ways(model).Select(layers => layers == 0 ? vectors : body.States(vectors, seen, layers: layers))
            .Select(states => Numbers(Pooled(states, lengths, seen)))];
    }

    /// <summary>What an answer head reads of states: [B, T, C] to [B, C].</summary>
    private static Tensor Pooled(Tensor states, Tensor lengths, Tensor? seen)
    {
        if (seen is not null) return (states * seen.flatten(1).unsqueeze(2)).sum(1) / lengths.unsqueeze(1);
        var last = lengths.sub(Scalars.One).view(-1, 1, 1).expand(-1, 1, states.size(2));
        return states.gather(1, last).squeeze(1);
    }

    private static double[][] Numbers(Tensor pooled) =>
        [.. pooled.to(float64).cpu().data<double>().ToArray().Chunk((int)pooled.size(1))];
}
