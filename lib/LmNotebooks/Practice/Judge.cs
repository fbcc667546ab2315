namespace LmNotebooks.Practice;

/// <summary>Tells right answers: it looks at an answer, which gives some numbers, and compares them with what it sees
/// of the right one. A function is looked at in several points, a method in its table of stages.</summary>
/// <param name="look">Gives NaN alone for what has not been answered. It makes its inputs anew each time, since an
/// answer is free to change them.</param>
/// <param name="expected">What is seen of the right answer; computed when it is needed.</param>
internal sealed class Judge<T>(Func<T, IEnumerable<double>> look, Func<IReadOnlyList<double>> expected,
    double tolerance)
{
    public IReadOnlyList<double> See(T answer) => [.. look(answer)];

    public bool Accepts(IReadOnlyList<double> seen) => Same(seen, expected());

    public bool Same(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Count == b.Count
        && a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance || pair.First.Equals(pair.Second));
}

/// <summary>The judges that there are.</summary>
internal static class Judge
{
    /// <summary>Differences of numbers that nobody means.</summary>
    private const double Rounding = 1e-3;

    /// <summary>One number.</summary>
    public static Judge<double> Number(double expected, double tolerance) => new(x => [x], () => [expected], tolerance);

    /// <summary>Whatever looks like the right answer.</summary>
    public static Judge<T> Like<T>(T right, Func<T, IEnumerable<double>> look, double tolerance = Rounding) =>
        new(look, () => [.. look(right)], tolerance);

    /// <summary>A choice among the flaws.</summary>
    public static Judge<Flaw?> Found(Flaw flaw) => Like<Flaw?>(flaw, f => [(double)f!.Value]);

    /// <summary>All of several things hold.</summary>
    public static Judge<T> Holding<T>(params IReadOnlyList<Func<T, bool>> conditions) =>
        new(answer => conditions.Select(c => c(answer) ? 1.0 : 0), () => [.. conditions.Select(_ => 1.0)], 0);
}
