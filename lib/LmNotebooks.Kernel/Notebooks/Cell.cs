using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>One cell, a view of its JSON: fields that this class does not know survive reading and writing.</summary>
public sealed class Cell(JsonObject json)
{
    public JsonObject Json { get; } = json;
    public string Kind => Notebook.Text(Json["cell_type"]);
    public bool IsCode => Kind == "code";
    public string Source => Notebook.Text(Json["source"]);
    public JsonArray Outputs => Json["outputs"] as JsonArray ?? [];
    public IEnumerable<string> Tags => (Json["metadata"]?["tags"] as JsonArray)?.Select(Notebook.Text) ?? [];

    /// <summary>Whether executing the notebook executes this cell, as Jupyter's tools decide it. Any other stays as it
    /// is.</summary>
    public bool Runs => IsCode && !string.IsNullOrWhiteSpace(Source) && !Tags.Contains("skip-execution");

    /// <summary>Whether readers see the outputs only when they ask for them, as Jupyter's metadata say it.</summary>
    public bool HidesOutputs => (Json["metadata"]?["jupyter"]?["outputs_hidden"] as JsonValue)
        ?.TryGetValue(out bool hidden) == true && hidden;

    /// <summary>Replaces the outputs and the execution count.</summary>
    public void SetResult(int? executionCount, IEnumerable<JsonObject> outputs)
    {
        Json["execution_count"] = executionCount;
        Json["outputs"] = new JsonArray([.. outputs]);
    }
}
