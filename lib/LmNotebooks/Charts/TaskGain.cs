using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>What one task is worth to another: how well the other is done with it and without it.</summary>
/// <param name="Added">The task that is learned too.</param>
/// <param name="Judged">The task that is measured, which is learned with and without the other.</param>
/// <param name="Seeds">For each seed the measure with both tasks, A, and with the judged one alone, B, as shares: an
/// accuracy, or the share of the way from the answer that ignores the text, 0, to the exact truth, 1.</param>
public sealed record TaskGain(string Added, string Judged, IReadOnlyList<SeedPair> Seeds)
{
    /// <summary>The cosine of the gradients of the two tasks for each seed, in their order; NaN where there is none.
    /// Empty where nobody measured it.</summary>
    public IReadOnlyList<double> Cosines { get; init; } = [];

    /// <summary>The gain in percentage points, mean over the seeds with its 95 % interval.</summary>
    internal Spread Points => PointsOf(Seeds);

    /// <summary>Whether the interval leaves out 0; few seeds have no interval.</summary>
    internal bool IsSure => Points is { Few.Count: 0 } points && (points.Low > 0 || points.High < 0);

    internal static Spread PointsOf(IEnumerable<SeedPair> seeds) =>
        Spread.OverSeeds([.. seeds.Select(s => 100 * s.Difference)]);

    /// <summary>With its sign: +1.3.</summary>
    internal static string Signed(double points) =>
        Numbers.Text(points, 1) is var text && text[0] is '-' || text == "0.0" ? text : $"+{text}";

    /// <summary>With its sign, and with the interval where there is one: +1.3 (0.8 to 1.8).</summary>
    internal static string Signed(Spread points) => points.Few.Count > 0 || points.Low == points.High
        ? Signed(points.Value)
        : $"{Signed(points.Value)} ({Signed(points.Low)} to {Signed(points.High)})";
}
