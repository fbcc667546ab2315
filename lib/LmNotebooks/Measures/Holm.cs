namespace LmNotebooks.Measures;

/// <summary>Holm's step-down adjustment of p values (Holm 1979, A simple sequentially rejective multiple test
/// procedure).</summary>
public static class Holm
{
    /// <summary>Adjusted p values in the order of the given ones: the k-th smallest of m is multiplied by m - k + 1, is
    /// at most 1, and at least as large as those before it. Calling those up to 0.05 different from zero, and no
    /// others, is wrong once or more in at most 5 % of all families, however the tests depend on each other.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var (least, left) = (0.0, p.Count);
        foreach (var i in Enumerable.Range(0, p.Count).OrderBy(i => p[i]))
            adjusted[i] = least = Math.Max(least, Math.Min(1, left-- * p[i]));
        return adjusted;
    }
}
