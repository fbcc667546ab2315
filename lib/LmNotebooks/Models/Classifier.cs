using LmNotebooks.Languages;
using LmNotebooks.Questions;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Answers a question about texts by the model's head for it: the source is a text, and the target one word,
/// the number of the answer.</summary>
/// <param name="Question">One of the model's <see cref="ModelConfig.Classes"/>.</param>
public sealed record Classifier(Model Model, string Question) : IConditionalDistribution
{
    private const int Rows = 64;

    /// <summary>Number of answers, K.</summary>
    public int Vocabulary => Model.HeadOf(Question).Module.Count;

    /// <inheritdoc/>
    /// <remarks>Of a target that is no answer, and from its second word on, negative infinity.</remarks>
    /// <exception cref="ArgumentException">The model has no such head, or does not read such texts; one
    /// sentence.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
        [.. examples.Chunk(Rows).SelectMany(chunk =>
            chunk.Zip(Read([.. chunk.Select(e => e.Source)]), (e, logs) => OneWord.Logs(e.Target, logs)))];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prefix is not empty, or the model does not read such a text; one
    /// sentence.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix) =>
        OneWord.Next(prefix, () => [.. Read([[.. source]])[0].Select(Math.Exp)]);

    /// <summary>ln P(answer | text) of all answers, in nats.</summary>
    private double[][] Read(IReadOnlyList<int[]> texts)
    {
        var longest = texts.Max(t => t.Length) + 1;   // the start is read too
        if (longest > Model.TextContext)
            throw new ArgumentException($"A text has {longest - 1} tokens, but with the start before them the model "
                + $"reads {Model.TextContext}: cut it, or train with a larger Context.");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var rows = new long[texts.Count, longest];
        for (var b = 0; b < texts.Count; b++)
            for (var t = 0; t < longest; t++)
                rows[b, t] = t == 0 || t > texts[b].Length ? Model.Config.Start : texts[b][t - 1];
        var lengths = tensor(texts.Select(t => t.Length + 1L).ToArray(), device: Model.Device);       // [B]
        var logits = Model.Answers(tensor(rows, device: Model.Device), lengths, Question);            // [B, K]
        var logs = logits.to(float64).log_softmax(-1).cpu().data<double>().ToArray();
        GC.KeepAlive(Model);   // libtorch reads weights that the model alone holds
        return [.. logs.Chunk(logs.Length / texts.Count)];
    }
}
