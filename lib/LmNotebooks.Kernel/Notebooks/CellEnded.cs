namespace LmNotebooks.Kernel.Notebooks;

/// <param name="Error">Null if the cell succeeded, or if it failed as its tag <c>raises-exception</c> expects.</param>
public sealed record CellEnded(int Cell, double Seconds, string? Error) : NotebookEvent;
