using LmNotebooks.Experiments;

namespace LmNotebooks.Charts;

/// <summary>The trends that a chart of losses cannot show: those of costs and of shares of runs.</summary>
public static class TrendTable
{
    /// <summary>The mean over the seeds of each hypothesis at each multiple of the text: for costs the ratio of the
    /// arm's to the baseline's, for all else the difference.</summary>
    /// <param name="hypotheses">Their names.</param>
    /// <exception cref="ArgumentException">A hypothesis has no trend; one sentence.</exception>
    public static MeasureTable Of(IReadOnlyList<Trend> trends, params IReadOnlyList<string> hypotheses)
    {
        var missing = hypotheses.Except(trends.Select(t => t.Hypothesis.Name)).FirstOrDefault();
        if (missing is not null) throw new ArgumentException($"'{missing}' has no trend: those with one are "
            + $"{string.Join(", ", trends.Select(t => t.Hypothesis.Name).Distinct())}.");
        return MeasureTable.Of(
            from trend in trends
            let hypothesis = trend.Hypothesis
            where hypotheses.Contains(hypothesis.Name)
            select new
            {
                Claim = hypothesis.Name, trend.Text,
                Value = hypothesis.Target is null ? trend.Mean : Math.Exp(trend.Mean), Of = Unit(hypothesis),
            }, decimals: 2);
    }

    private static string Unit(Hypothesis hypothesis) => hypothesis switch
    {
        { Target: not null } => "ratio of costs",
        { Below: not null } => "difference of shares of runs",
        { IsAccuracy: true } => "difference of accuracies",
        _ => "nats per token",
    };
}
