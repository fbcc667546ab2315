using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

public sealed record DisplayUpdated(string DisplayId, JsonObject Data) : NotebookEvent;
