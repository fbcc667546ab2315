namespace LmNotebooks.Measures;

/// <summary>What two arms reached with the same seed, which gave both the same language and the same texts to be tested
/// on. Models of one shape that train on as much text also began with the same weights and read in the same
/// order.</summary>
public sealed record SeedPair(int Seed, double A, double B)
{
    /// <summary>Whether A is a lower bound: the run ended before the number was reached.</summary>
    public bool ACensored { get; init; }

    /// <summary>Whether B is a lower bound.</summary>
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
