namespace LmNotebooks.Measures;

/// <summary>What an interval says about a claim.</summary>
public enum Verdict { Supported, Equal, Refuted, Undecided }
