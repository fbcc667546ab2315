using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;

namespace LmNotebooks.Strategies;

/// <summary>A linear network from definitions to vectors (after Hill et al. 2016): it reads the mean vector of the
/// words of a definition, and is fitted to the known words that have one.</summary>
public sealed record DefinitionMap : INewWordMethod
{
    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var (language, rows) = (space.Language, space.Model.Rows());
        double[] Read(Stem stem, IReadOnlyList<int> definition) => StemSpace.Mean(definition
            .Where(id => language.StemOf(id)?.Form != stem.Form).Select(id => rows[id].Vector));
        var mean = new double[space.Deviations.Count];
        if (space.Slot != Slot.Noun) return (_, _) => mean;     // nouns are defined, and nothing else is
        var map = LinearMap.Fit([.. language.Explained.Select(stem =>
            (stem, Read(stem, language.Definition(stem)), space.Known[stem]))]);
        return (stem, texts) => texts.Count == 0 ? mean : map.Of(Read(stem, texts[0]));
    }
}
