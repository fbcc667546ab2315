using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Questions;

namespace LmNotebooks.Strategies;

/// <summary>A control of another method: of each new word it is shown what belongs to the next new word of its kind,
/// under the name of the first. What it still gains is not the meaning.</summary>
/// <param name="Contexts">Documents of the other word that are shown; 0 for its definition.</param>
public sealed record AnotherWord(INewWordMethod Method, int Contexts = 0) : INewWordMethod
{
    public Func<Stem, IReadOnlyList<int[]>, double[]> Prepare(StemSpace space, IReadOnlyList<int[]> old, int seed)
    {
        var (language, guess) = (space.Language, Method.Prepare(space, old, seed));
        var words = language.HeldOut.Where(stem => stem.Slot == space.Slot).ToList();
        var plain = NewWordTexts.WithoutDefinitions(language);

        IReadOnlyList<int[]> Of(Stem other) => Contexts == 0 ? [language.Reveal(other).Definition(other)]
            : [.. NewWordTexts.Until(plain, other, Contexts, seed)
                .Where(text => NewWordTexts.Has(language, text, other))];
        return (stem, _) =>
        {
            var other = words[(words.FindIndex(word => word.Form == stem.Form) + 1) % words.Count];
            var names = space.FormsOf(other).Zip(space.FormsOf(stem)).ToDictionary(form => form.First, form =>
                form.Second);
            return space.Slot != Slot.Noun && Contexts == 0 ? guess(stem, [])     // only nouns are defined
                : guess(stem, [.. Of(other).Select(text =>
                    text.Select(id => names.GetValueOrDefault(id, id)).ToArray())]);
        };
    }
}
