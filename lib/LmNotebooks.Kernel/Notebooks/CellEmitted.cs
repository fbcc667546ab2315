using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <param name="Output">An nbformat output object.</param>
/// <param name="DisplayId">Its name for later updates.</param>
public sealed record CellEmitted(int Cell, JsonObject Output, string? DisplayId) : NotebookEvent;
