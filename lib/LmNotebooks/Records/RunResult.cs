using System.Text.Json.Serialization;

namespace LmNotebooks.Records;

/// <summary>What a run cost and reached: the last line of its file.</summary>
/// <param name="OptimizerBytes">Largest optimizer state held at one time.</param>
/// <param name="CriticalPathFlops">FLOPs that must follow each other; equal to Flops where every stage needs all before
/// it.</param>
/// <param name="Error">Why the run ended early, or null.</param>
public sealed record RunResult(long Parameters, long OptimizerBytes, long Tokens, long Labels, double Flops,
    double CriticalPathFlops,
    double Seconds, double TestLoss, string? Error = null)
{
    /// <summary>Whether the error is that the loss was no longer a number: of a learning rate it says something, any
    /// other error says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Diverged { get; init; }

    /// <summary>What was measured of the finished model, by name; losses in nats per token.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();
}
