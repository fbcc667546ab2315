using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Notebooks;

public sealed record CellTrained(int Cell, TrainingProgress Progress) : NotebookEvent;
