using LmNotebooks.Measures;

namespace LmNotebooks.Experiments;

/// <summary>A point of a learning curve over several seeds.</summary>
/// <param name="Tokens">Seen so far, mean over the seeds.</param>
/// <param name="Flops">Spent on training so far, mean over the seeds.</param>
/// <param name="CriticalPathFlops">Of these FLOPs, the ones that had to follow each other, mean over the seeds.</param>
/// <param name="Excess">Test loss above the floor of each seed's own language: mean, lowest and highest; nats per
/// token.</param>
public sealed record LearningPoint(double Tokens, double Flops, double CriticalPathFlops, Interval Excess);
