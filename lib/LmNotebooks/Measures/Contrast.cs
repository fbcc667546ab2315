using System.Globalization;
namespace LmNotebooks.Measures;

/// <summary>What two arms reached with the same seed, which gave both the same language and the same texts to be tested
/// on. Models of one shape that train on as much text also began with the same weights and read in the same
/// order.</summary>
public sealed record SeedPair(int Seed, double A, double B)
{
    /// <summary>A is a lower bound: the run ended before the number was reached.</summary>
    public bool ACensored { get; init; }

    /// <summary>B is one.</summary>
    public bool BCensored { get; init; }

    /// <summary>A - B; of the bounds where there are bounds.</summary>
    public double Difference => A - B;

    /// <summary>What is known of A - B: without end above if A is a lower bound, and below if B is.</summary>
    public Interval Known => Opened(new(Difference, Difference, Difference), ACensored, BCensored);

    internal static Interval Opened(Interval interval, bool above, bool below) => interval with
    {
        Low = below ? double.NegativeInfinity : interval.Low, High = above ? double.PositiveInfinity : interval.High,
    };
}

/// <summary>A planned comparison of two arms over the same seeds, and what is claimed about the difference A -
/// B.</summary>
/// <param name="A">Name of the arm that the claim is about.</param>
/// <param name="B">Name of the arm that it is compared with.</param>
public sealed record Contrast(string A, string B, Claim Claim, IReadOnlyList<SeedPair> Pairs)
{
    /// <summary>Contrasts that may be judged together. More claims than that are explored, not judged.</summary>
    public const int Most = 6;

    private const double ErrorRate = 0.05;

    /// <summary>Judges all contrasts of one experiment together.</summary>
    /// <remarks>The p values are Holm's. The intervals, from which the verdicts follow, are Bonferroni's (Dunn 1961):
    /// each of m contrasts has Student's t-interval at the level 1 - 0.05 / m. If differences are normal, all m cover
    /// their true means together in at least 95 % of all families, however the contrasts depend on each other, so at
    /// most 5 % of families hold a false verdict, of whatever kind. Intervals that widen by Holm's ranks (level 1 -
    /// 0.05 / (m - k + 1) for the k-th smallest p, Ludbrook 2000) do not hold that: the ranks order by distance from
    /// zero, a verdict asks about the margin, and the contrast closest to *equal* would get no correction at all.
    /// Intervals that truly belong to Holm's test (Strassburger and Bretz 2008) are one-sided and mostly end at zero,
    /// which says nothing about a margin. The price: an adjusted p can be below 0.05 where the interval still holds
    /// zero.
    /// <para>Lower bounds are not taken for numbers. The mean of values cut at a bound is no higher than the mean of
    /// the values, so the lower end of its interval holds, and the upper one is unknown: one censored A leaves the
    /// interval without end above, one censored B without end below. The verdict is that of the bounds if the open
    /// interval has the same one, and else *undecided*: it is never *equal*, and no larger number in a bound's place
    /// can turn *supported* into another verdict than *undecided*, or *refuted* into *supported*. The p values are
    /// those of the bounds.</para></remarks>
    /// <exception cref="ArgumentException">There are more than six contrasts, a seed comes twice, or a contrast has
    /// fewer than two pairs, more than twenty, or one that is not a number.</exception>
    public static IReadOnlyList<ContrastResult> JudgeAll(params IReadOnlyList<Contrast> contrasts)
    {
        if (contrasts.Count > Most)
            throw new ArgumentException($"At most {Most} contrasts are judged together, and there are "
                + $"{contrasts.Count}: keep those planned first.");
        foreach (var c in contrasts)
            if (c.Pairs.DistinctBy(p => p.Seed).Count() < c.Pairs.Count)
                throw new ArgumentException($"{c.A} against {c.B} has two pairs of the same seed: a repetition adds no "
                    + "evidence, use another seed.");
        double[][] differences = [.. contrasts.Select(c => c.Pairs.Select(p => p.Difference).ToArray())];
        double[] p = [.. differences.Select(SignFlip.P)];
        var adjusted = Holm.Adjust(p);
        var intervals = differences.Select(d => Interval.OfMean(d, 1 - ErrorRate / contrasts.Count));
        return [.. intervals.Select((interval, i) => contrasts[i].Judged(interval, p[i], adjusted[i]))];
    }

    /// <param name="ofBounds">The interval as if all bounds were numbers.</param>
    private ContrastResult Judged(Interval ofBounds, double p, double adjusted)
    {
        var (known, verdict) = (SeedPair.Opened(ofBounds, Pairs.Any(pair => pair.ACensored),
            Pairs.Any(pair => pair.BCensored)), Claim.Judge(ofBounds));
        return new ContrastResult(this, known, p, adjusted, Claim.Judge(known) == verdict ? verdict
            : Verdict.Undecided);
    }
}

/// <summary>What is known about a contrast, judged together with the others of its experiment.</summary>
/// <param name="Difference">Mean of A - B over the seeds, with its simultaneous 95 % interval. With lower bounds among
/// A or B the mean is that of the bounds, and the interval has no end on the side where the numbers may lie.</param>
/// <param name="P">Two-sided p of the exact sign-flip test, for this contrast alone.</param>
/// <param name="AdjustedP">The same after Holm's adjustment over all contrasts.</param>
public sealed record ContrastResult(Contrast Contrast, Interval Difference, double P, double AdjustedP, Verdict Verdict)
{
    /// <summary>Of contrasts of logarithms, what was compared: the geometric mean of A / B, with its
    /// interval.</summary>
    public Interval Ratio => new(Math.Exp(Difference.Value), Math.Exp(Difference.Low), Math.Exp(Difference.High));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Contrast.A} - {Contrast.B}: {Difference.Value:G3} ({Difference.Low:G3} to {Difference.High:G3}), p {P:G2}, "
            + $"adjusted {AdjustedP:G2}: {Verdict}");
}
