using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The loss of one run against the tokens it has seen.</summary>
/// <param name="Loss">Nats per token.</param>
public sealed record Curve(string Name, IReadOnlyList<double> Tokens, IReadOnlyList<double> Loss)
{
    /// <summary>The run whose curve it is; null for none.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>The test loss of a run, from its first evaluation after the start.</summary>
    public static Curve Of(string name, RunRecord record) => Of(name, record, e => e.TestLoss);

    /// <summary>The curve of what each stage minimised, through the parts that stood in for those of the
    /// model.</summary>
    public static Curve OfObjective(string name, RunRecord record) =>
        Of(name, record, e => e.ObjectiveLoss ?? e.TestLoss);

    private static Curve Of(string name, RunRecord record, Func<RunEvent, double> loss)
    {
        var events = record.Events.Where(e => e.Tokens > 0).ToList();
        return new Curve(name, [.. events.Select(e => (double)e.Tokens)], [.. events.Select(loss)])
            { Run = record };
    }
}
