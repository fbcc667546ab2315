using LmNotebooks.Languages;
using LmNotebooks.Measures;
using MathNet.Numerics.Random;

namespace LmNotebooks.Strategies;

/// <summary>One vector for any unknown word of a kind, as "&lt;unk>" is: it is fitted to old texts in which known words
/// are replaced by it at random.</summary>
public sealed record UnknownWord : INewWordMethod
{
    private const int Texts = 64;
    private const double Replaced = 0.15;

    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var (language, random) = (space.Language, new Xoshiro256StarStar(seed, threadSafe: false));
        var stem = language.HeldOut.First(s => s.Slot == space.Slot);      // any: its forms stand for the unknown word
        var forms = space.FormsOf(stem).ToDictionary(id => language.WordOf(id)!.Plural);
        var texts = old.Take(Texts).Select(text => (int[])[.. text.Select(id =>
            language.WordOf(id) is { } word && word.Slot == space.Slot && random.NextDouble() < Replaced
                ? forms[word.Plural] : id)]).ToList();
        var vector = new RowUpdate().Fit(space, stem, texts);
        return (_, _) => vector;
    }
}
