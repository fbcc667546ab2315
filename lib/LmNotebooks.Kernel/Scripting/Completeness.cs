namespace LmNotebooks.Kernel.Scripting;

/// <summary>Whether a cell can run as it stands.</summary>
public enum Completeness { Complete, Incomplete, Invalid }
