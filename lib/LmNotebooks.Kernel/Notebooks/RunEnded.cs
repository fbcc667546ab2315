namespace LmNotebooks.Kernel.Notebooks;

/// <summary>All cells are done, or one failed.</summary>
public sealed record RunEnded : NotebookEvent;
