using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Models;

/// <summary>The rows of a model's table of words, to be read and to be replaced: a new word is a new row, and nothing
/// else of the model changes.</summary>
public static class WordRows
{
    /// <summary>The rows of all words, by id.</summary>
    /// <exception cref="ArgumentException">The model has no such table: its words are sums of pieces, or its head is
    /// not tied.</exception>
    public static IReadOnlyList<WordRow> Rows(this LanguageModel model)
    {
        using var scope = NewDisposeScope();
        var (table, bias) = Tables(model);
        var biases = bias.detach().to(float64).cpu().data<double>().ToArray();
        return [.. table.detach().to(float64).cpu().data<double>().ToArray().Chunk(model.Config.Width)
            .Zip(biases, (vector, b) => new WordRow(vector, b))];
    }

    /// <summary>A copy of the model with other rows for some words; the model itself stays as it is.</summary>
    /// <param name="rows">By the ids of the words.</param>
    /// <inheritdoc cref="Rows"/>
    public static LanguageModel WithRows(this LanguageModel model, IReadOnlyDictionary<int, WordRow> rows)
    {
        using var generator = new Generator(0);
        var copy = LanguageModel.Of(model.Config, generator);
        copy.to(model.Device);
        using var off = no_grad();
        foreach (var (mine, its) in copy.parameters().Zip(model.parameters())) mine.copy_(its);
        using var scope = NewDisposeScope();
        var (table, bias) = Tables(copy);
        foreach (var (id, row) in rows)
        {
            table[id].copy_(tensor(row.Vector, float32, device: model.Device));
            bias.narrow(0, id, 1).copy_(tensor([row.Bias], float32, device: model.Device));
        }
        return copy;
    }

    /// <summary>The vectors of words, [V, C], and the biases of their logits, [V].</summary>
    /// <inheritdoc cref="Rows"/>
    internal static (Tensor Table, Tensor Bias) Tables(LanguageModel model) =>
        model is { Tokens.WholeTable: { } table, Config.TieHead: true }
            ? (table, model.Head.Module.parameters().Single())
            : throw new ArgumentException("This model has no row for each word that a new one could be added to: build "
                + "it with a tied head, without Pieces and VectorWidth.");
}
