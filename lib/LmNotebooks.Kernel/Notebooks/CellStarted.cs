namespace LmNotebooks.Kernel.Notebooks;

public sealed record CellStarted(int Cell, int Cells) : NotebookEvent;
