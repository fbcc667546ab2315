namespace LmNotebooks.Kernel.Notebooks;

/// <summary>What became of a notebook.</summary>
/// <param name="Notebook">With the outputs of everything that ran, however the run ended.</param>
/// <param name="FailedCell">Number of the cell that failed, from 1 among the code cells; null if none did, or none had
/// started.</param>
/// <param name="Error">Why the run ended early; null if it did not.</param>
/// <param name="Cancelled">Whether the caller ended it.</param>
/// <param name="Seconds">Run time of each cell that ended.</param>
public sealed record NotebookResult(Notebook Notebook, int? FailedCell, string? Error, bool Cancelled,
    IReadOnlyDictionary<int, double> Seconds)
{
    public bool Succeeded => Error is null && !Cancelled;
}
