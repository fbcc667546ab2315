namespace LmNotebooks.Experiments;

/// <summary>How far an experiment is.</summary>
/// <param name="Done">Runs that have a record, of <paramref name="Of"/> known to be needed.</param>
/// <param name="Remaining">Estimated time to the end; null before the first run has ended.</param>
/// <param name="Ended">The run that has just got its record; null at the beginning.</param>
public sealed record ExperimentProgress(int Done, int Of, TimeSpan? Remaining, PlannedRun? Ended = null);
