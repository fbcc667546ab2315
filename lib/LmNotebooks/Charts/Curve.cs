using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>The loss of one run against the tokens it has seen.</summary>
/// <param name="Loss">Nats per token.</param>
public sealed record Curve(string Name, IReadOnlyList<double> Tokens, IReadOnlyList<double> Loss)
{
    /// <summary>The test loss of a run, from its first evaluation after the start.</summary>
    public static Curve Of(string name, RunRecord record)
    {
        var events = record.Events.Where(e => e.Tokens > 0).ToList();
        return new Curve(name, [.. events.Select(e => (double)e.Tokens)], [.. events.Select(e => e.TestLoss)]);
    }
}
