using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LmNotebooks.Records;

/// <summary>What a run was: the first line of its file.</summary>
/// <param name="Experiment">The question that the run belongs to.</param>
/// <param name="Arm">What is compared: the decoupling method, or the baseline.</param>
/// <param name="Config">Model, scale and stages, as JSON.</param>
/// <param name="Seed">Seeds initialisation, data order and every random draw of the run.</param>
/// <param name="DataHash">Identifies language or text.</param>
/// <param name="SourceHash">Hash of the library sources that made the run.</param>
public sealed record RunHeader(string Experiment, string Arm, JsonObject Config, int Seed, string Device, int Threads,
    string DataHash,
    string SourceHash, IReadOnlyDictionary<string, string> Versions, DateTimeOffset Started)
{
    /// <summary>Number of the run in its experiment; null for a run outside of experiments.</summary>
    public int? Number { get; init; }

    /// <summary>Learning rate that a tuning run tries; null for every other run.</summary>
    public double? TriedRate { get; init; }

    /// <summary>Hash of all that the experiment's definition says of this run; null outside of experiments.</summary>
    public string? DefinitionHash { get; init; }
}

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

/// <summary>A run as it was recorded. A run that was cut off has no result.</summary>
public sealed record RunRecord(RunHeader Header, IReadOnlyList<RunEvent> Events, RunResult? Result,
    IReadOnlyList<string> Warnings)
{
    public bool Finished => Result is { Error: null };
}
