using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>Word vectors in the plane in which they vary most, coloured by an attribute: whether words of one kind lie
/// together.</summary>
public static class EmbeddingMap
{
    /// <summary>The vectors of stems, in the plane of their two principal components.</summary>
    /// <param name="attribute">What the stems are coloured by, such as "topic".</param>
    /// <param name="value">Its value of a stem.</param>
    /// <exception cref="ArgumentException">The vectors do not differ.</exception>
    public static Figure Of(string attribute, IReadOnlyList<(Stem Stem, double[] Vector)> stems, Func<Stem, int> value)
    {
        var plane = PrincipalComponents.Of([.. stems.Select(s => s.Vector)]);
        return Of(attribute, (plane.Shares[0], plane.Shares[1]), stems.Zip(plane.Coordinates, (s, at) =>
            (s.Stem.Form, $"{attribute} {value(s.Stem)}", at.X, at.Y)).OrderBy(word => word.Item2));
    }

    /// <param name="attribute">What the words are coloured by, such as "category".</param>
    /// <param name="shares">Share of the variance that lies along each of the two axes.</param>
    /// <param name="words">Each word with its value of the attribute and its place.</param>
    /// <exception cref="ArgumentException">There is no word, or a share is not between 0 and 1.</exception>
    public static Figure Of(string attribute, (double X, double Y) shares,
        params IEnumerable<(string Word, string Value, double X, double Y)> words)
    {
        if (!(shares.X >= 0 && shares.Y >= 0 && shares.X + shares.Y <= 1.000001))
            throw new ArgumentException("The shares of the variance are not between 0 and 1 together: give them as "
                + "shares of all of it, not in per cent.");
        var kinds = words.GroupBy(w => w.Value).Select(kind => kind.ToList()).ToList();
        return new Figure($"Word vectors, coloured by {attribute}", ToAxis("first", shares.X),
            ToAxis("second", shares.Y),
            kinds.Select(kind => new Dots(kind[0].Value, [.. kind.Select(w => w.X)],
                [.. kind.Select(w => w.Y)]) { Texts = [.. kind.Select(w => w.Word)] }),
            Caption(attribute, shares.X + shares.Y, [.. kinds.SelectMany(kind => kind)]));
    }

    private static Axis ToAxis(string which, double share) =>
        new($"{which} direction, {Numbers.Text(100 * share, 0)} % of the variance");

    private static string Caption(string attribute, double share,
        IReadOnlyList<(string Word, string Value, double X, double Y)> words)
    {
        double Distance(int i, int j) => Math.Pow(words[i].X - words[j].X, 2) + Math.Pow(words[i].Y - words[j].Y, 2);
        var all = Enumerable.Range(0, words.Count).ToList();
        var alike = words.Count < 2 ? 0 : all.Count(i => words[all.Where(j => j != i).MinBy(j => Distance(i, j))]
            .Value == words[i].Value);
        var chance = all.Sum(i => (words.Count(w => w.Value == words[i].Value) - 1.0) / Math.Max(1, words.Count - 1));
        return $"In a plane with {Numbers.Text(100 * share, 0)} % of the variance, the nearest word is of the same "
            + $"{attribute} for {alike} of "
            + $"{words.Count} words; if words lay at random, for {Numbers.Text(chance, 0)}.";
    }
}
