namespace LmNotebooks.Languages;

/// <summary>A mean with its standard error.</summary>
public sealed record Estimate(double Mean, double StandardError)
{
    /// <summary>Ratio of two sums over independent units, documents for example: sum of values per sum of counts, with
    /// the standard error of the ratio estimator.</summary>
    public static Estimate OfRatio(IReadOnlyCollection<(double Sum, double Count)> units)
    {
        var total = units.Sum(u => u.Count);
        var mean = units.Sum(u => u.Sum) / total;
        var squares = units.Sum(u => (u.Sum - mean * u.Count) * (u.Sum - mean * u.Count));
        return new Estimate(mean, Math.Sqrt(squares * units.Count / Math.Max(1, units.Count - 1)) / total);
    }

    /// <summary>Mean of -ln P over drawn tokens, with its standard error over documents.</summary>
    /// <param name="draw">ln P of the tokens of so many documents, drawn with a seed.</param>
    internal static Estimate OfEntropy(double standardError, int seed, Func<int, int, IReadOnlyList<double[]>> draw) =>
        OfRatio(standardError, drawn =>
            draw(1000, Seeds.Mix(seed, drawn)).Select(logs => (-logs.Sum(), (double)logs.Length)));

    /// <summary>Ratio of two sums over as many units as bring its standard error down to the given one.</summary>
    /// <param name="draw">Draws more units, told how many there are.</param>
    internal static Estimate OfRatio(double standardError, Func<int, IEnumerable<(double Sum, double Count)>> draw)
    {
        var units = new List<(double, double)>();
        while (true)
        {
            units.AddRange(draw(units.Count));
            if (OfRatio(units) is var estimate && !(estimate.StandardError > standardError)) return estimate;
        }
    }

    public override string ToString() => FormattableString.Invariant($"{Mean:F4} ± {StandardError:F4}");
}
