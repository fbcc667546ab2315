namespace LmNotebooks.Measures;

/// <summary>Some beliefs of about the same strength, and how often what was believed was true.</summary>
/// <param name="Believed">Mean belief, 0 to 1.</param>
/// <param name="True">Share of them that was true.</param>
public sealed record BeliefBin(double Believed, double True, int Count);
