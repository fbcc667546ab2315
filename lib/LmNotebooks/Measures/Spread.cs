namespace LmNotebooks.Measures;

/// <summary>An interval with what it is over, so that a chart can say it, and few values with the values
/// themselves.</summary>
/// <param name="Value">The middle, mostly a mean.</param>
public sealed record Spread(double Value, double Low, double High) : IFormattable
{
    /// <summary>So few values have no interval that says more than they do.</summary>
    private const int Enough = 4;

    /// <summary>What kind of interval it is.</summary>
    public string Kind { get; init; } = "95 % interval";

    /// <summary>What it is an interval over; empty where there is nothing of the kind.</summary>
    public string Over { get; init; } = "seeds";

    /// <summary>How many of those; 0 where nobody said.</summary>
    public int Count { get; init; }

    /// <summary>The values that it is over where they are fewer than four: a chart draws these in its place.</summary>
    public IReadOnlyList<double> Few { get; init; } = [];

    /// <summary>The mean of the values of a few seeds with its 95 % interval, and a single value alone.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Spread OverSeeds(IReadOnlyList<double> values) =>
        Of(Interval.OverSeeds(values)) with { Over = "seeds", Count = values.Count, Few = Rare(values) };

    /// <summary>The mean of the values of a few seeds, from the lowest to the highest.</summary>
    /// <exception cref="InvalidOperationException">There is no value.</exception>
    public static Spread OfRange(IReadOnlyList<double> values) =>
        new(values.Average(), values.Min(), values.Max())
        {
            Kind = "lowest to highest", Count = values.Count, Few = Rare(values),
        };

    /// <summary>An interval of which nothing else is said is over test texts.</summary>
    public static implicit operator Spread(Interval interval) => Of(interval) with { Over = "texts" };

    public static implicit operator Interval(Spread spread) => new(spread.Value, spread.Low, spread.High);

    /// <summary>As its interval says itself.</summary>
    public string ToString(string? format, IFormatProvider? provider) => ((Interval)this).ToString(format, provider);

    public override string ToString() => ((Interval)this).ToString();

    private static Spread Of(Interval interval) => new(interval.Value, interval.Low, interval.High);

    private static IReadOnlyList<double> Rare(IReadOnlyList<double> values) => values.Count < Enough ? values : [];
}
