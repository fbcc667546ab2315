using LmNotebooks.Languages;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Gives each word of a text a tag by the model's head for that question: the source is a text, and the target
/// one tag for each of its words, in their order. Given the text, the tags are independent of each other.</summary>
/// <param name="Question">One of the model's <see cref="ModelConfig.Classes"/>: its answers are the tags.</param>
public sealed record Tagger(Model Model, string Question) : IConditionalDistribution
{
    private const int Rows = 64;

    /// <summary>Number of tags, K.</summary>
    public int Vocabulary => Model.HeadOf(Question).Module.Count;

    /// <inheritdoc/>
    /// <remarks>Of what is no tag, and beyond the text's last word, negative infinity.</remarks>
    /// <exception cref="ArgumentException">The model has no such head, or does not read such texts; one
    /// sentence.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Chunk(Rows).SelectMany(chunk =>
            chunk.Zip(Read([.. chunk.Select(e => e.Source)]), (e, words) => Logs(e.Target, words)))];

    /// <summary>P(. | text) of the tags of the first word that the prefix has no tag for, K probabilities that sum to
    /// one.</summary>
    /// <param name="source">The text.</param>
    /// <param name="prefix">Tags of its first words; only their number matters.</param>
    /// <exception cref="ArgumentException">The prefix has a tag for each word, or the model does not read such a text;
    /// one sentence.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) => prefix.Count < source.Count
        ? [.. Read([[.. source]])[0][prefix.Count].Select(Math.Exp)]
        : throw new ArgumentException($"The prefix has {prefix.Count} tags, and the text {source.Count} words: no tag "
            + "follows.");

    /// <summary>Logits of the tags of each word: [B, T] to [B, T - 1, K]; the start has none.</summary>
    /// <inheritdoc cref="Model.Answers"/>
    internal static Tensor Logits(Model model, Tensor tokens, Tensor lengths, string question)
    {
        var head = model.HeadOf(question).Module;
        var seen = model.Config.ReadsWhole ? Sight.Whole(lengths, tokens.size(1)) : null;
        var states = model.States(tokens, seen);                                                      // [B, T, C]
        return head.call(states.narrow(1, 1, states.size(1) - 1));
    }

    private static double[] Logs(int[] target, double[][] words) =>
        [.. target.Select((tag, t) => t < words.Length && tag >= 0 && tag < words[t].Length
            ? words[t][tag] : double.NegativeInfinity)];

    /// <summary>ln P(tag | text) of all tags of each word, in nats: a row for each word of each text.</summary>
    private double[][][] Read(IReadOnlyList<int[]> texts)
    {
        var longest = texts.Max(t => t.Length) + 1;   // the start is read too
        if (longest > Model.TextContext)
            throw new ArgumentException($"A text has {longest - 1} tokens, but with the start before them the model "
                + $"reads {Model.TextContext}: cut it, or train with a larger Context.");
        var head = Model.HeadOf(Question).Module;
        if (longest == 1) return [.. texts.Select(_ => Array.Empty<double[]>())];
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var rows = new long[texts.Count, longest];
        for (var b = 0; b < texts.Count; b++)
            for (var t = 0; t < longest; t++)
                rows[b, t] = t == 0 || t > texts[b].Length ? Model.Config.Start : texts[b][t - 1];
        var lengths = tensor(texts.Select(t => t.Length + 1L).ToArray(), device: Model.Device);       // [B]
        var logits = Logits(Model, tensor(rows, device: Model.Device), lengths, Question);            // [B, T - 1, K]
        var logs = logits.to(float64).log_softmax(-1).cpu().data<double>().ToArray();
        GC.KeepAlive(Model);   // libtorch reads weights that the model alone holds
        var words = logs.Chunk(head.Count).ToArray();
        return [.. texts.Select((text, b) => words[(b * (longest - 1))..][..text.Length])];
    }
}
