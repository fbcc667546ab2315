namespace LmNotebooks.Measures;

/// <summary>The exact sign-flip test of paired differences (Fisher 1935, The Design of Experiments, section 21). If the
/// two arms do not differ, each difference could as well have had the other sign; nothing is assumed about how the
/// differences are distributed.</summary>
public static class SignFlip
{
    /// <summary>Differences that can be tested: 2^20 sign patterns take less than a second.</summary>
    public const int Most = 20;

    private const double Tie = 1e-9;

    /// <summary>The two-sided p value: the share of all 2^n sign patterns whose sum is as far from zero as the observed
    /// one, or further. It is never below 2 / 2^n, which is 0.0078 for eight seeds.</summary>
    /// <exception cref="ArgumentException">There are no differences or more than twenty, or one is not a
    /// number.</exception>
    public static double P(IReadOnlyList<double> differences)
    {
        if (differences.Count is 0 or > Most)
            throw new ArgumentException($"A sign-flip test takes 1 to {Most} differences, and there are "
                + $"{differences.Count}: use another number of seeds.");
        if (!differences.All(double.IsFinite))
            throw new ArgumentException("A difference is not a finite number, so one of its runs diverged: lower the "
                + "learning rate of that arm.");
        // The pattern with all signs turned has the same distance from zero, so the first sign stays.
        double[] sums = [differences[0]];
        foreach (var difference in differences.Skip(1))
            sums = [.. sums.Select(s => s + difference), .. sums.Select(s => s - difference)];
        // Sums that are equal on paper differ in their last digits here, and ties count.
        var least = Math.Abs(differences.Sum()) - Tie * differences.Sum(Math.Abs);
        return sums.Count(s => Math.Abs(s) >= least) / (double)sums.Length;
    }
}
