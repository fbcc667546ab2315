namespace LmNotebooks.Records;

/// <summary>A run as it was recorded. A run that was cut off has no result.</summary>
public sealed record RunRecord(RunHeader Header, IReadOnlyList<RunEvent> Events, RunResult? Result,
    IReadOnlyList<string> Warnings)
{
    public bool Finished => Result is { Error: null };

    /// <summary>Whether figures and verdicts may speak of it: it finished, and was not made to choose a learning
    /// rate.</summary>
    public bool IsTest => Finished && Header.TriedRate is null;

    /// <summary>The last event before the last stage; null where there is one stage.</summary>
    public RunEvent? BeforeLastStage => Events.LastOrDefault(e => e.Stage != Events[^1].Stage);

    /// <summary>The last event of a stage.</summary>
    /// <exception cref="ArgumentException">There is no stage of that name; one sentence that says which there
    /// are.</exception>
    public RunEvent EndOf(string stage) => Events.LastOrDefault(e => e.Stage == stage)
        ?? throw new ArgumentException($"The run of {Header.Arm} has no stage '{stage}': it has "
            + $"{string.Join(", ", Events.Select(e => e.Stage).Distinct())}.");

    /// <summary>The event that is closest to so many tokens.</summary>
    /// <exception cref="InvalidOperationException">There is no event.</exception>
    public RunEvent At(long tokens) => Events.MinBy(e => Math.Abs(e.Tokens - tokens))
        ?? throw new InvalidOperationException($"The run of {Header.Arm} has no events: it was cut off.");
}
