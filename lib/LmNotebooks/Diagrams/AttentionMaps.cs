using LmNotebooks.Figures;
using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Diagrams;

/// <summary>Where each word of a text looks, in all attention heads of a Transformer at once.</summary>
public static class AttentionMaps
{
    private const int Across = 4, Levels = 8;
    private const double Gap = 14, Most = 128, Heading = 22, Small = 14, Rounding = 1e-3;

    /// <summary>All heads of a model that reads a text of its language.</summary>
    /// <param name="text">Word ids, without a start token, which the model reads before them.</param>
    /// <exception cref="ArgumentException">With the start token, the text is longer than the model's context; one
    /// sentence.</exception>
    public static Drawing Of(Lingua language, TransformerLm model, IReadOnlyList<int> text) =>
        Of(["(start)", .. text.Select(id => language.Words[id])], model.AttentionWeights(text));

    /// <param name="words">The text, [T].</param>
    /// <param name="weights">By layer and head, [T, T]: row t is how position t weighs the positions up to itself, and
    /// sums to 1.</param>
    /// <exception cref="ArgumentException">There is no word or no head, a matrix has another size, or a row is no
    /// distribution over the positions up to its own; one sentence.</exception>
    public static Drawing Of(IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<double[,]>> weights)
    {
        if (words.Count == 0 || weights.Count == 0 || weights.Any(layer => layer.Count == 0))
            throw new ArgumentException("There is nothing to draw: give a text and the heads that read it.");
        foreach (var (layer, heads) in weights.Index())
            foreach (var (head, of) in heads.Index())
                Check($"head {head + 1} of layer {layer + 1}", of, words.Count);
        var count = weights.Sum(layer => layer.Count);
        var title = $"Where each word looks, in {(count == 1 ? "the one head" : $"all {count} heads")}";
        return new Drawing(title, Caption(words, weights), top =>
        {
            var shapes = new List<Shape>();
            var across = Math.Min(Across, weights.Max(layer => layer.Count));
            var side = Math.Min(Most, (Drawing.Width - 2 * Drawing.Margin - (across - 1) * Gap) / across);
            var y = top;
            foreach (var (layer, heads) in weights.Index())
            {
                shapes.Add(new Note(Drawing.Margin, y + Heading / 2, $"layer {layer + 1}"));
                y += Heading;
                foreach (var row in heads.Index().Chunk(across))
                {
                    foreach (var (i, (head, of)) in row.Index())
                        shapes.AddRange(Panel(words, of, layer, head, Drawing.Margin + i * (side + Gap), y, side));
                    y += Heading + side + Gap;
                }
            }
            var (notes, bottom) = Note.Paragraphs(Drawing.Margin, y + 20, Drawing.Width - 2 * Drawing.Margin,
                Quiet("Rows, from the top: the word that reads. Columns, from the left: the word that it looks at. "
                    + "The words:"),
                new Note(0, 0, string.Join("\u00a0· ", words.Select((word, t) => $"{t}\u00a0{word}")))
                    { Size = Small });
            return ([.. shapes, .. Scale(y), .. notes], bottom);
        });
    }

    private static IEnumerable<Shape> Panel(IReadOnlyList<string> words, double[,] of, int layer, int head, double x,
        double y, double side)
    {
        var cell = side / words.Count;
        yield return new Note(x, y + Heading / 2, $"head {head + 1}") { Size = Small, Tone = Tone.Quiet };
        var cells = from t in Enumerable.Range(0, words.Count) from s in Enumerable.Range(0, t + 1)
                    let level = (int)Math.Round(of[t, s] * Levels)
                    where level > 0
                    group (x + s * cell, y + Heading + t * cell) by level;
        foreach (var level in cells.OrderBy(l => l.Key))
            yield return new Mosaic([.. level], cell, Shade(level.Key));
        yield return new Box(x, y + Heading, side, side)
        {
            Fill = null, Edge = Tone.FrozenEdge, Thick = 1, Round = 0,
            Title = $"layer {layer + 1}, head {head + 1}: the last word looks most at "
                + $"\"{words[MostLookedAt(of)]}\"",
        };
    }

    /// <summary>What the shades mean.</summary>
    private static IEnumerable<Shape> Scale(double y)
    {
        yield return new Note(Drawing.Margin, y + 6, "weight 0") { Size = Small, Tone = Tone.Quiet };
        for (var level = 0; level <= Levels; level++)
            yield return new Box(Drawing.Margin + 68 + level * 16, y, 16, 12)
                { Fill = Shade(level), Edge = Tone.FrozenEdge, Thick = 0.5, Round = 0 };
        yield return new Note(Drawing.Margin + 76 + (Levels + 1) * 16, y + 6, "1") { Size = Small, Tone = Tone.Quiet };
    }

    /// <summary>Darker than light paper, and lighter than dark paper, the more weight there is.</summary>
    private static Tone Shade(int level) => new(Tone.Shade(0, (double)level / Levels, 0).Light,
        Tone.Shade(5, 0, (double)level / Levels).Dark);

    private static Note Quiet(string text) => new(0, 0, text) { Size = Small, Tone = Tone.Quiet };

    private static void Check(string name, double[,] of, int count)
    {
        if (of.GetLength(0) != count || of.GetLength(1) != count)
            throw new ArgumentException($"The weights of {name} are [{of.GetLength(0)}, {of.GetLength(1)}] for "
                + $"{count} words: they must be [{count}, {count}].");
        for (var t = 0; t < count; t++)
        {
            var row = Enumerable.Range(0, count).Select(s => of[t, s]).ToList();
            if (row.Any(w => !(w >= 0)) || Math.Abs(row.Take(t + 1).Sum() - 1) > Rounding
                || row.Skip(t + 1).Any(w => w > Rounding))
                throw new ArgumentException($"The weights of position {t} in {name} are no shares of the positions up "
                    + "to its own that sum to 1.");
        }
    }

    /// <summary>The position that the last one looks at most.</summary>
    private static int MostLookedAt(double[,] of)
    {
        var last = of.GetLength(0) - 1;
        return Enumerable.Range(0, last + 1).MaxBy(s => of[last, s]);
    }

    private static string Caption(IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<double[,]>> weights) =>
        $"From the last word, \"{words[^1]}\", each head looks most at: "
        + Numbers.Sentence(weights.SelectMany((layer, l) => layer.Select((of, h) =>
            $"layer {l + 1}, head {h + 1}: \"{words[MostLookedAt(of)]}\", weight "
                + Numbers.Text(of[words.Count - 1, MostLookedAt(of)], 2))));
}
