namespace LmNotebooks.Measures;

/// <summary>On which side of zero a claim says that a difference lies.</summary>
public enum Side { Lower, Higher }
