namespace LmNotebooks.Records;

/// <summary>A run as it was recorded. A run that was cut off has no result.</summary>
public sealed record RunRecord(RunHeader Header, IReadOnlyList<RunEvent> Events, RunResult? Result,
    IReadOnlyList<string> Warnings)
{
    public bool Finished => Result is { Error: null };
}
