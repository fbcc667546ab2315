namespace LmNotebooks.Measures;

/// <summary>A claim about the difference of two arms, first minus second: it lies on the given side of zero, further
/// from it than a margin.</summary>
/// <param name="Margin">The largest difference too small to matter, in the unit of the difference.</param>
/// <exception cref="ArgumentException">The margin is not above zero.</exception>
public sealed record Claim(Side Side, double Margin)
{
    public double Margin { get; } = Margin > 0 ? Margin
        : throw new ArgumentException($"A margin must be above zero, and it is {Margin}: say which difference is too "
            + "small to matter.");

    /// <summary>A lower loss, by more than 2 % of the unigram gap (what the truth, or the best model where nobody
    /// knows it, gains on the unigram model); both in nats per
    /// token, or the losses in units of the gap and the gap 1.</summary>
    public static Claim Loss(double unigramGap) => new(Side.Lower, 0.02 * unigramGap);

    /// <summary>A higher accuracy, by more than one point; accuracies are 0 to 1.</summary>
    public static Claim Accuracy { get; } = new(Side.Higher, 0.01);

    /// <summary>A lower cost, by a factor of more than 1.1. The values are natural logarithms of costs: their
    /// difference is the logarithm of a ratio, and ratios of 1.1 and 1/1.1 are equally far from 1.</summary>
    public static Claim CostRatio { get; } = new(Side.Lower, Math.Log(1.1));

    /// <summary>A higher share of runs, by more than one in ten; shares are 0 to 1.</summary>
    public static Claim Share { get; } = new(Side.Higher, 0.1);

    /// <summary>*Supported* if the interval of the difference lies wholly beyond the margin on the claimed side;
    /// *refuted* if wholly beyond it on the other side; *equal* if wholly within the margin, to either side; else
    /// *undecided*. A wider interval can turn a verdict into *undecided*, and into nothing else.</summary>
    public Verdict Judge(Interval difference)
    {
        if (difference.Within(Margin)) return Verdict.Equal;
        var (low, high) = Side == Side.Higher ? (difference.Low, difference.High) : (-difference.High, -difference.Low);
        return low > Margin ? Verdict.Supported : high < -Margin ? Verdict.Refuted : Verdict.Undecided;
    }
}
