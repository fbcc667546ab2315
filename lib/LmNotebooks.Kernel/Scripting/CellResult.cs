using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>How a cell ended: with a value, with an error, or with neither.</summary>
/// <param name="Data">Mime bundle of the cell's last expression; null if there is none or its value is null.</param>
public sealed record CellResult(JsonObject? Data, CellError? Error);
