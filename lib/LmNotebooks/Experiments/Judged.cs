namespace LmNotebooks.Experiments;

/// <summary>A verdict that was once computed: what of, on which seeds, and what it was.</summary>
/// <param name="Definition">Hash of all that decides it: arms, measure, target, language, scale; not the wording, nor
/// the seeds.</param>
/// <param name="Verdict">In lower case.</param>
/// <param name="Difference">With its simultaneous interval; infinite where that is open.</param>
public sealed record Judged(string Scale, string Hypothesis, string Arm, string Baseline, string Definition,
    IReadOnlyList<int> Seeds, string Verdict, double Difference, double Low, double High);
