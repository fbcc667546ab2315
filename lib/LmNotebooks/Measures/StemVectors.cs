using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Measures;

/// <summary>The token vectors of a model, one for each stem.</summary>
public static class StemVectors
{
    /// <summary>The mean over the forms of each stem, so that forms of one stem are not each other's
    /// neighbours.</summary>
    public static IReadOnlyList<(Stem Stem, double[] Vector)> Of(Lingua language, LanguageModel model)
    {
        var vectors = model.Vectors();
        return [.. from id in Enumerable.Range(0, language.Vocabulary)
                   where language.StemOf(id) is not null
                   group vectors[id] by language.StemOf(id)! into forms
                   select (forms.Key, forms.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)])
                       .Select(x => x / forms.Count()).ToArray())];
    }
}
