using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;

namespace LmNotebooks.Strategies;

/// <summary>A la carte (Khodak et al. 2018): a linear map makes the vector of a word of the mean of the words around
/// it. It is fitted to known words, each with as few contexts as the new word has, so that it knows how little they
/// tell. Unlike the paper's it has a constant and a ridge.</summary>
/// <param name="Contexts">Documents that have the new word.</param>
/// <param name="Window">Words to either side that count.</param>
public sealed record ALaCarte(int Contexts, int Window = 4) : INewWordMethod
{
    private const int Draws = 8;     // of contexts of each known word, at most

    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var (rows, around) = (space.Model.Rows(), new MeanContext(Window));
        var map = LinearMap.Fit([.. from stem in space.Known.Keys
                                    let forms = space.FormsOf(stem).ToHashSet()
                                    from texts in old.Where(text => text.Any(forms.Contains)).Chunk(Contexts)
                                        .Take(Draws)
                                    select (stem, around.Around(space, rows, stem, texts)!, space.Known[stem])]);
        var mean = new double[space.Deviations.Count];
        return (stem, texts) => around.Around(space, rows, stem, texts) is { } input ? map.Of(input) : mean;
    }
}
