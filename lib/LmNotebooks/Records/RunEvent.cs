using System.Text.Json.Serialization;

namespace LmNotebooks.Records;

/// <summary>One point of the learning curve.</summary>
/// <param name="Step">Optimizer steps of the whole run so far.</param>
/// <param name="Tokens">Tokens trained on so far.</param>
/// <param name="Flops">Floating-point operations of training so far.</param>
/// <param name="Seconds">Training time so far, without evaluation.</param>
/// <param name="TrainLoss">Mean loss of the stage's objective since the last event, in nats; NaN before the first
/// step.</param>
/// <param name="TestLoss">Of the model as a causal one, whatever the stage's objective is: mean of -ln M(next token) on
/// the test corpus, nats per token.</param>
public sealed record RunEvent(string Stage, long Step, long Tokens, double Flops, double Seconds, double TrainLoss,
    double TestLoss)
{
    /// <summary>Loss of the stage's objective on the test corpus, in nats; null where it is
    /// <see cref="TestLoss"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ObjectiveLoss { get; init; }

    /// <summary>FLOPs so far that had to follow each other; null where it is all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CriticalPathFlops { get; init; }
}
