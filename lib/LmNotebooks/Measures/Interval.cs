using System.Globalization;
using LmNotebooks.Languages;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace LmNotebooks.Measures;

/// <summary>A value with an interval, a 95 % one unless said otherwise.</summary>
public sealed record Interval(double Value, double Low, double High) : IFormattable
{
    /// <summary>The level of an interval of which nothing else is said.</summary>
    public const double Level = 0.95;

    /// <summary>An estimate over many units, documents for example: 1.96 standard errors to each side.</summary>
    public static Interval Of(Estimate estimate) => Around(estimate.Mean, 1.96 * estimate.StandardError);

    /// <summary>The mean of a few independent values, one for each seed, with Student's t-interval.</summary>
    /// <param name="level">How often such an interval covers the true mean where the values are normal.</param>
    /// <exception cref="ArgumentException">There are fewer than two values: nothing tells how much they
    /// vary.</exception>
    public static Interval OfMean(IReadOnlyList<double> values, double level = Level) =>
        Students(values, level, values.Count);

    /// <summary>The mean of a few values with its 95 % interval, and a single value alone.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Interval OverSeeds(IReadOnlyList<double> values) =>
        values.Count == 1 ? Around(values[0], 0) : OfMean(values);

    /// <summary>The mean of a few independent values, with the interval in which the value of one new seed lies 95
    /// times in a hundred: Student's prediction interval, mean ± t s sqrt(1 + 1/n). It does not shrink to nothing as
    /// seeds are added.</summary>
    /// <exception cref="ArgumentException">There are fewer than two values: nothing tells how much they
    /// vary.</exception>
    /// <param name="level">How often one new value lies in it.</param>
    public static Interval OfNext(IReadOnlyList<double> values, double level = Level) =>
        Students(values, level, values.Count / (values.Count + 1.0));

    /// <summary>The share of runs in which something happened, with the interval of Clopper and Pearson (1934): all
    /// shares by which neither so few nor so many would be a surprise. It covers the true share at least as often as
    /// its level says, with any number of runs.</summary>
    /// <exception cref="ArgumentException">There is no run.</exception>
    public static Interval OfShare(int count, int of, double level = Level)
    {
        if (of < 1) throw new ArgumentException("A share needs at least one run: make some.");
        var tail = (1 - level) / 2;
        return new((double)count / of,
            count == 0 ? 0 : Beta.InvCDF(count, of - count + 1, tail),
            count == of ? 1 : Beta.InvCDF(count + 1, of - count, 1 - tail));
    }

    /// <summary>The difference of two shares: its ends are those of the shares, each at half the error, so that the
    /// level holds however the two depend on each other (Bonferroni).</summary>
    /// <param name="a">In how many runs of the first kind it happened, of how many.</param>
    /// <param name="b">In how many of the second.</param>
    public static Interval OfShares((int Count, int Of) a, (int Count, int Of) b, double level = Level)
    {
        var each = (1 + level) / 2;
        var (first, second) = (OfShare(a.Count, a.Of, each), OfShare(b.Count, b.Of, each));
        return new(first.Value - second.Value, first.Low - second.High, first.High - second.Low);
    }

    /// <summary>Whether the whole interval is no further from zero than the margin. For a difference that is
    /// equivalence by two one-sided tests (Schuirmann 1987), each at half of what the interval leaves out: 2.5 % for a
    /// 95 % interval.</summary>
    public bool Within(double margin) => -margin <= Low && High <= margin;

    /// <summary>The value with its ends behind it, 0.091 (0.083 to 0.099), or alone where no digit tells them
    /// apart.</summary>
    public override string ToString() => ToString(null);

    /// <inheritdoc cref="ToString()"/>
    /// <param name="format">Of each of the three numbers; F3 where it is null or empty.</param>
    /// <param name="provider">Is not asked: numbers are written the same everywhere.</param>
    public string ToString(string? format, IFormatProvider? provider = null)
    {
        string Text(double number) => number.ToString(format is { Length: > 0 } ? format : "F3",
            CultureInfo.InvariantCulture);
        var (value, low, high) = (Text(Value), Text(Low), Text(High));
        return low == value && high == value ? value : $"{value} ({low} to {high})";
    }

    private static Interval Students(IReadOnlyList<double> values, double level, double varianceDivisor)
    {
        if (values.Count < 2)
            throw new ArgumentException($"An interval needs at least two values, and there are {values.Count}: use "
            + "more seeds.");
        var t = StudentT.InvCDF(0, 1, values.Count - 1, (1 + level) / 2);
        return Around(values.Mean(), t * values.StandardDeviation() / Math.Sqrt(varianceDivisor));
    }

    private static Interval Around(double value, double half) => new(value, value - half, value + half);
}
