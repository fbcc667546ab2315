using System.Globalization;
namespace LmNotebooks.Measures;

/// <summary>What is known about a contrast, judged together with the others of its experiment.</summary>
/// <param name="Difference">Mean of A - B over the seeds, with its simultaneous 95 % interval. With lower bounds among
/// A or B the mean is that of the bounds, and the interval has no end on the side where the numbers may lie.</param>
public sealed record ContrastResult(Contrast Contrast, Interval Difference, Verdict Verdict)
{
    /// <summary>The level of its own interval, so that those of all contrasts hold together.</summary>
    public double Level { get; init; } = Interval.Level;

    /// <summary>Of contrasts of logarithms, what was compared: the geometric mean of A / B, with its
    /// interval.</summary>
    public Interval Ratio => new(Math.Exp(Difference.Value), Math.Exp(Difference.Low), Math.Exp(Difference.High));

    /// <summary>How many of the differences, seed by seed, have the sign of the mean; none has that of zero.</summary>
    public int SameSign => Contrast.Pairs.Count(p => p.Difference * Difference.Value > 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Contrast.A} - {Contrast.B}: {Difference.Value:G3} ({Difference.Low:G3} to {Difference.High:G3}), "
            + $"{SameSign} of {Contrast.Pairs.Count} with this sign: {Verdict}");
}
