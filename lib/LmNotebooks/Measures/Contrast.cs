namespace LmNotebooks.Measures;

/// <summary>A planned comparison of two arms over the same seeds, and what is claimed about the difference A -
/// B.</summary>
/// <param name="A">Name of the arm that the claim is about.</param>
/// <param name="B">Name of the arm that it is compared with.</param>
public sealed record Contrast(string A, string B, Claim Claim, IReadOnlyList<SeedPair> Pairs)
{
    /// <summary>Contrasts that may be judged together. More claims than that are explored, not judged.</summary>
    public const int Most = 6;

    private const double ErrorRate = 0.05;

    /// <summary>Each pair says whether something happened in the two runs, 1 or 0, and what is compared is in how
    /// many.</summary>
    public bool OfShares { get; init; }

    /// <summary>Judges all contrasts of one experiment together, with one correction, Bonferroni's (Dunn
    /// 1961).</summary>
    /// <remarks>Each of m contrasts has an interval at the level 1 - 0.05 / m: Student's of the mean difference or, of
    /// shares of runs, Clopper and Pearson's. Then all m cover the truth together in at least 95 % of all families,
    /// however the contrasts depend on each other, so at most 5 % of families hold a false verdict, of whatever kind.
    /// No p value stands beside them: of eight seeds that agree in sign the exact one is .0078, whatever they show.
    /// <para>Lower bounds are not taken for numbers. The mean of values cut at a bound is no higher than the mean of
    /// the values, so the lower end of its interval holds, and the upper one is unknown: one censored A leaves the
    /// interval without end above, one censored B without end below. That is a wider interval: it is never *equal*,
    /// and no larger number in a bound's place can contradict its verdict.</para></remarks>
    /// <exception cref="ArgumentException">There are more than six contrasts, a seed comes twice, or a contrast has
    /// fewer than two pairs or one that is not a number.</exception>
    public static IReadOnlyList<ContrastResult> JudgeAll(params IReadOnlyList<Contrast> contrasts)
    {
        if (contrasts.Count > Most)
            throw new ArgumentException($"At most {Most} contrasts are judged together, and there are "
                + $"{contrasts.Count}: keep those planned first.");
        return [.. contrasts.Select(c => c.Checked().Judged(1 - ErrorRate / contrasts.Count))];
    }

    private Contrast Checked()
    {
        if (Pairs.DistinctBy(p => p.Seed).Count() < Pairs.Count)
            throw new ArgumentException($"{A} against {B} has two pairs of the same seed: a repetition adds no "
                + "evidence, use another seed.");
        if (!Pairs.All(p => double.IsFinite(p.Difference)))
            throw new ArgumentException($"{A} against {B} has a difference that is not a finite number, so one of its "
                + "runs diverged: lower the learning rate of that arm.");
        return this;
    }

    private ContrastResult Judged(double level)
    {
        var known = SeedPair.Opened(Difference(level), Pairs.Any(p => p.ACensored), Pairs.Any(p => p.BCensored));
        return new ContrastResult(this, known, Claim.Judge(known)) { Level = level };
    }

    private Interval Difference(double level) => !OfShares
        ? Interval.OfMean([.. Pairs.Select(p => p.Difference)], level)
        : Interval.OfShares((Pairs.Count(p => p.A > 0), Pairs.Count), (Pairs.Count(p => p.B > 0), Pairs.Count), level);
}
