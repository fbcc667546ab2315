using LmNotebooks.Figures;
using LmNotebooks.Measures;

namespace LmNotebooks.Charts;

/// <summary>What a second task is worth, against how far it agrees with the first.</summary>
public static class GainAgainstAgreement
{
    /// <summary>A line for each kind of model, such as "one head, width 16": the mean gain over the seeds with its 95 %
    /// interval, or the seeds themselves where they are few.</summary>
    /// <param name="gains">Each with the kind of model, the correlation of the scores that the two tasks ask for,
    /// alpha, and for each seed the accuracy with both tasks, A, and with the judged one alone, B.</param>
    /// <exception cref="ArgumentException">There is no gain.</exception>
    public static Figure Of(params IReadOnlyList<(string Kind, double Alpha, IReadOnlyList<SeedPair> Seeds)> gains)
    {
        if (gains.Count == 0) throw new ArgumentException("There is no gain: learn two tasks together.");
        var points = gains.Select(g => (Line: g.Kind, Name: (string?)null, X: g.Alpha,
            Value: TaskGain.PointsOf(g.Seeds))).ToList();
        var (most, least) = (points.MaxBy(p => p.Value.Value), points.MinBy(p => p.Value.Value));
        static string Text((string Line, string?, double X, Spread Value) p) =>
            $"at alpha {Numbers.Tick(p.X)} with {p.Line}, {TaskGain.Signed(p.Value)}";
        return MeasuredCurves.Of(new Axis("alpha, correlation of the two tasks' scores"),
            new Axis("gain in accuracy (points)"), [new Reference("0: the task alone", 0, Below: true)], points,
            $"The most is gained {Text(most)} points, the least {Text(least)}; ",
            "What a second task is worth against how far it agrees", TaskGain.Signed);
    }
}
