using LmNotebooks.Measures;

namespace LmNotebooks.Figures;

/// <summary>How an interval is drawn.</summary>
internal static class Whiskers
{
    extension(Spread interval)
    {
        /// <summary>It has two ends that are known, and says more than its values.</summary>
        public bool IsClosed => interval.Few.Count == 0 && interval.High > interval.Low
            && double.IsFinite(interval.Low) && double.IsFinite(interval.High);

        /// <summary>One end is not known: there it is drawn as an arrow to the end of the data.</summary>
        public bool IsOpen => double.IsFinite(interval.Low) != double.IsFinite(interval.High);
    }

    /// <summary>What the intervals of some marks are, as an axis says it; empty without intervals.</summary>
    public static string Kind(IEnumerable<Spread> intervals)
    {
        var all = intervals.ToList();
        var kinds = all.Where(i => i.IsClosed || i.IsOpen).GroupBy(i => (i.Kind, i.Over)).Select(kind =>
            kind.Key.Over.Length == 0 ? kind.Key.Kind
            : $"{kind.Key.Kind} over {Counts([.. kind.Select(i => i.Count)])}{kind.Key.Over}").ToList();
        if (all.Any(i => i.Few.Count > 1)) kinds.Add($"{Counts([.. all.Where(i => i.Few.Count > 0)
            .Select(i => i.Few.Count)])}seeds as points");
        return string.Join("; ", kinds);
    }

    private static string Counts(IReadOnlyList<int> counts) => counts.Min() == 0 ? ""
        : counts.Min() == counts.Max() ? $"{counts.Min()} " : $"{counts.Min()} to {counts.Max()} ";
}
