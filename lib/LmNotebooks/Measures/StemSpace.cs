using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Measures;

/// <summary>What a model knows of one kind of words, taken apart: the row of a form is the mean row of that form, as of
/// all plurals, and the vector of its stem, as far as all forms of the stem agree in it. A new stem needs a vector, and
/// has rows then.</summary>
public sealed class StemSpace
{
    private readonly Dictionary<bool, WordRow> means;     // of each form: singular and plural

    /// <param name="slot">Nouns or adjectives, say.</param>
    /// <exception cref="ArgumentException">The model has no table of words; see <see cref="WordRows"/>.</exception>
    public StemSpace(Lingua language, LanguageModel model, Slot slot)
    {
        (Language, Model, Slot) = (language, model, slot);
        var rows = model.Rows();
        var known = (from id in Enumerable.Range(0, language.Vocabulary)
                     where language.StemOf(id) is { } stem && stem.Slot == slot && !language.HeldOut.Contains(stem)
                     select (Stem: language.StemOf(id)!, language.WordOf(id)!.Plural, Row: rows[id])).ToList();
        means = known.GroupBy(w => w.Plural).ToDictionary(form => form.Key, form =>
            new WordRow(Mean(form.Select(w => w.Row.Vector)), form.Average(w => w.Row.Bias)));
        Known = known.GroupBy(w => w.Stem).ToDictionary(stem => stem.Key, stem =>
            Mean(stem.Select(w => Difference(w.Row.Vector, means[w.Plural].Vector))));
        Deviations = [.. Enumerable.Range(0, model.Config.Width).Select(c =>
            Math.Sqrt(Known.Values.Average(vector => vector[c] * vector[c])))];
    }

    public Lingua Language { get; }
    public LanguageModel Model { get; }
    public Slot Slot { get; }

    /// <summary>The vectors of the stems that documents have, C numbers each, whose mean is 0.</summary>
    public IReadOnlyDictionary<Stem, double[]> Known { get; }

    /// <summary>Standard deviation of the known stems' vectors, in each of C directions.</summary>
    public IReadOnlyList<double> Deviations { get; }

    /// <summary>The rows of all forms of a stem that has this vector, by id, with the mean bias of each form.</summary>
    public IReadOnlyDictionary<int, WordRow> Rows(Stem stem, double[] vector)
    {
        WordRow Of(WordRow mean) => mean with { Vector = [.. mean.Vector.Zip(vector, (a, b) => a + b)] };
        return FormsOf(stem).ToDictionary(id => id, id => Of(means[Language.WordOf(id)!.Plural]));
    }

    /// <summary>Ids of the forms of a stem.</summary>
    public IReadOnlyList<int> FormsOf(Stem stem) =>
        [.. Enumerable.Range(0, Language.Vocabulary).Where(id => Language.StemOf(id)?.Form == stem.Form)];

    internal static double[] Mean(IEnumerable<double[]> vectors)
    {
        var all = vectors.ToList();
        return [.. all[0].Select((_, c) => all.Average(vector => vector[c]))];
    }

    internal static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
