namespace LmNotebooks.Kernel.Notebooks;

/// <param name="Wait">Not before the cell's next output.</param>
public sealed record CellCleared(int Cell, bool Wait) : NotebookEvent;
