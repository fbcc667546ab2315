using LmNotebooks.Figures;

namespace LmNotebooks.Charts;

/// <summary>Models of one text in the unit that all of them share, whatever they cut the text into.</summary>
public static class BitsPerByteBars
{
    /// <param name="models">Each with its loss in bits per byte of the same text, in the order of the bars.</param>
    /// <exception cref="ArgumentException">There is no bar, or one that cannot be drawn.</exception>
    public static Figure Of(params IEnumerable<(string Name, double Bits)> models)
    {
        var bars = models.ToList();
        return new Figure("Loss in bits per byte", new Axis("bits per byte"),
            new Axis("", Categories: [.. bars.Select(b => b.Name)], Notes: [.. bars.Select(b => Label(b.Bits))]),
            [new Bars("bits per byte", [.. bars.Select(b => b.Bits)])],
            "Bits per byte: " + Numbers.Sentence(bars.Select(b => $"{b.Name} {Label(b.Bits)}")));
    }

    private static string Label(double bits) => Numbers.Text(bits, 2);
}
