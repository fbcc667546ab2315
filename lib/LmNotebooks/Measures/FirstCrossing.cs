namespace LmNotebooks.Measures;

/// <summary>What a run had spent when it reached a loss and stayed there.</summary>
public static class FirstCrossing
{
    private const int Consecutive = 3;

    /// <summary>The cost at the first of three consecutive evaluations at or below the target: one lucky evaluation is
    /// no crossing. If there are none, it is above the cost of the last evaluation that missed the target.</summary>
    /// <param name="evaluations">Cost so far, in tokens or FLOPs for example, and loss, in the order of the
    /// run.</param>
    /// <exception cref="ArgumentException">There are fewer than three.</exception>
    public static Censored Of(IReadOnlyList<(double Cost, double Loss)> evaluations, double target)
    {
        if (evaluations.Count < Consecutive)
            throw new ArgumentException($"A crossing takes {Consecutive} evaluations, and there are "
                + $"{evaluations.Count}: evaluate more often.");
        for (var i = 0; i + Consecutive <= evaluations.Count; i++)
            if (evaluations.Skip(i).Take(Consecutive).All(e => e.Loss <= target))
                return new Censored(evaluations[i].Cost);
        return new Censored(evaluations.LastOrDefault(e => !(e.Loss <= target)).Cost, Censoring.Above);
    }
}
