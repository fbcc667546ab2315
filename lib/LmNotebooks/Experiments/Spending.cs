namespace LmNotebooks.Experiments;

/// <summary>What a run spends.</summary>
public enum Spending { Flops, CriticalPathFlops, Tokens }
