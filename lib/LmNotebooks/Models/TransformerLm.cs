using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>Transformer decoder (Vaswani et al. 2017, pre-norm) with the seam Embedding -> Body -> Head.</summary>
public sealed class TransformerLm(ModelConfig config, Generator generator)
    : LanguageModel(config.Checked(), new TransformerBody(config), generator)
{
    /// <summary>How much each position takes from each, by layer and head, when the model reads a text: row and column
    /// 0 are of <see cref="ModelConfig.Start"/>, t of the text's token t; each row sums to 1.</summary>
    /// <exception cref="ArgumentException">With the start token, the text is longer than the model's
    /// context.</exception>
    public IReadOnlyList<IReadOnlyList<double[,]>> AttentionWeights(IReadOnlyList<int> text)
    {
        var T = text.Count + 1;
        if (T > Context)
            throw new ArgumentException($"The text has {text.Count} tokens, but attention is shown for at most "
            + $"{Context - 1}: cut it.");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var ids = tensor([Config.Start, .. text], int64, device: Device).unsqueeze(0);   // [1, T]
        var x = Tokens.call(ids);
        return [.. ((TransformerBody)Body.Module).AttentionWeights(x)
            .Select(layer => layer[0].to(float64).cpu().unbind()
                .Select(head => (double[,])head.data<double>().ToNDArray()).ToArray())];
    }
}
