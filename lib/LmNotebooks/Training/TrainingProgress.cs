namespace LmNotebooks.Training;

/// <summary>How far a training run is.</summary>
/// <param name="Run">Name of the run, unique among those under way.</param>
/// <param name="Step">Optimizer steps done in the whole run, of <paramref name="Steps"/>; all of them at its
/// end.</param>
/// <param name="Steps">The same number in every report of a run that draws nothing but the order of its rows. Else it
/// is planned, and the last report may have another, the true one.</param>
/// <param name="Loss">Training loss of the last reported step, nats per token.</param>
/// <param name="TokensPerSecond">Mean rate since the run began.</param>
/// <param name="Remaining">Estimated time to the end of the run.</param>
public sealed record TrainingProgress(string Run, string Stage, long Step, long Steps, double Loss,
    double TokensPerSecond, TimeSpan Remaining)
{
    /// <summary>The checkpoint of a run that was stopped, from which it can go on; null while it is under
    /// way.</summary>
    public string? Kept { get; init; }
}
