using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>Collects what the cells of a notebook emitted and puts it into the notebook. Outputs of an earlier
/// execution are removed, but not those of cells that do not run; times are not written, so that executing again
/// changes nothing but results.</summary>
internal sealed class ExecutedNotebook
{
    private readonly Notebook notebook;
    private readonly List<Cell> cells;
    private readonly Dictionary<int, List<JsonObject>> outputs = [];
    private readonly Dictionary<string, List<JsonObject>> displayed = [];
    private readonly HashSet<int> clearing = [];

    public ExecutedNotebook(Notebook notebook)
    {
        this.notebook = notebook;
        cells = [.. notebook.Cells.Where(c => c.IsCode)];
    }

    public void Start(int cell) => outputs[cell] = [];

    public void Add(CellEmitted emitted)
    {
        var list = outputs[emitted.Cell];
        if (clearing.Remove(emitted.Cell)) list.Clear();
        if (IsStream(emitted.Output))
        {
            var part = Notebook.Text(emitted.Output["text"]);
            if (list.Count > 0 && IsStream(list[^1]) && (string?)list[^1]["name"] == (string?)emitted.Output["name"])
            {
                ((JsonArray)list[^1]["text"]!).Add(part); // parts: joining megabytes at every part would take forever
                return;
            }
            emitted.Output["text"] = new JsonArray(part);
        }
        list.Add(emitted.Output);
        if (emitted.DisplayId is not { } id) return;
        if (!displayed.TryGetValue(id, out var same)) displayed[id] = same = [];
        same.Add(emitted.Output);
    }

    public void Update(DisplayUpdated update)
    {
        foreach (var output in displayed.GetValueOrDefault(update.DisplayId, []))
            output["data"] = update.Data.DeepClone();
    }

    public void Clear(CellCleared cleared)
    {
        if (cleared.Wait) clearing.Add(cleared.Cell);
        else outputs[cleared.Cell].Clear();
    }

    /// <summary>Shows in the cell itself why it did not end.</summary>
    public void Fail(int cell, string name, string message) =>
        Add(new CellEmitted(cell, Output.Error(new CellError(name, message, [message])), null));

    /// <returns>The notebook, with the outputs of the cells that started and the kernel's name in its
    /// metadata.</returns>
    public Notebook Finish()
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (!cells[i].Runs) continue;
            if (outputs.TryGetValue(i + 1, out var list)) cells[i].SetResult(i + 1, list.Select(Output.Stored));
            else cells[i].SetResult(null, []);
        }
        if (notebook.Json["metadata"] is not JsonObject metadata) notebook.Json["metadata"] = metadata = [];
        metadata["kernelspec"] = KernelInfo.KernelSpec;
        metadata["language_info"] = KernelInfo.LanguageInfo;
        return notebook;
    }

    private static bool IsStream(JsonObject output) => (string?)output["output_type"] == "stream";
}
