using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>How much of each hidden variable of the language a model has captured.</summary>
public static class ShareBars
{
    /// <summary>The captured share of each latent, without unit, and its 95 % interval.</summary>
    /// <exception cref="ArgumentException">There is no share, or one that cannot be drawn.</exception>
    public static Figure Of(params IEnumerable<(string Latent, Spread Share)> shares)
    {
        var latents = shares.ToList();
        return new Figure("Captured share of each latent, with 95 % intervals", new Axis("captured share"),
            new Axis("", Categories: [.. latents.Select(l => l.Latent)],
                Notes: [.. latents.Select(l => Numbers.Text(l.Share.Value, 2))]),
            [
                new Reference("0: ignored", 0, Vertical: true),
                    new Reference("1: as strong as the truth", 1, Vertical: true),
                new Bars("share", [.. latents.Select(l => l.Share.Value)], [.. latents.Select(l => l.Share)]),
            ],
            Numbers.Sentence([Finding(latents), .. latents.Select(l => $"{l.Latent} {l.Share:F2}")]));
    }

    private static string Finding(IReadOnlyList<(string Latent, Spread Share)> latents)
    {
        string Text((string Latent, Spread Share) l) => $"{l.Latent} ({Numbers.Text(l.Share.Value, 2)})";
        if (latents.Count < 2) return string.Join("", latents.Select(l => $"Captured of the truth: {Text(l)}"));
        return $"Most is captured of {Text(latents.MaxBy(l => l.Share.Value))}, least of "
            + Text(latents.MinBy(l => l.Share.Value));
    }
}
