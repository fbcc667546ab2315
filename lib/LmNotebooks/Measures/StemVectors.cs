using LmNotebooks.Languages;
using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Measures;

/// <summary>The token vectors of a model, one for each stem.</summary>
public static class StemVectors
{
    /// <summary>The mean over the forms of each stem, so that forms of one stem are not each other's neighbours.</summary>
    public static IReadOnlyList<(Stem Stem, double[] Vector)> Of(Lingua language, LanguageModel model)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var weight = ((TokenEmbedding)model.Embedding.Module).Weight.to(float64).cpu();   // [V, C]
        return [.. Enumerable.Range(0, language.Vocabulary).Where(id => language.StemOf(id) is not null).GroupBy(id => language.StemOf(id)!,
            (stem, ids) => (stem, weight.index_select(0, tensor(ids.Select(id => (long)id).ToArray())).mean([0]).data<double>().ToArray()))];
    }
}
