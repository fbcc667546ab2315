using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>One cell, a view of its JSON: fields that this class does not know survive reading and writing.</summary>
public sealed class Cell(JsonObject json)
{
    public JsonObject Json { get; } = json;
    public string Kind => (string?)Json["cell_type"] ?? "raw";
    public bool IsCode => Kind == "code";
    public string Source => Notebook.Text(Json["source"]);
    public JsonArray Outputs => Json["outputs"] as JsonArray ?? [];
    public IEnumerable<string> Tags => (Json["metadata"]?["tags"] as JsonArray)?.Select(t => (string?)t ?? "") ?? [];

    /// <summary>Replaces the outputs and the execution count.</summary>
    public void SetResult(int? executionCount, IEnumerable<JsonObject> outputs)
    {
        Json["execution_count"] = executionCount;
        Json["outputs"] = new JsonArray([.. outputs]);
    }
}

/// <summary>An nbformat 4 notebook, a view of its JSON. Written with sorted keys, indent 1 and a trailing newline, as Jupyter and
/// VS Code write it, so that saving there changes nothing.</summary>
public sealed class Notebook
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };

    private Notebook(JsonObject json, IReadOnlyList<Cell> cells) => (Json, Cells) = (json, cells);

    public JsonObject Json { get; }
    public IReadOnlyList<Cell> Cells { get; }

    /// <exception cref="InvalidDataException">The text is not an nbformat 4 notebook; the message says why, in one sentence.</exception>
    public static Notebook Parse(string text, string name)
    {
        JsonNode? root;
        try { root = JsonNode.Parse(text); }
        catch (JsonException e) { throw new InvalidDataException($"{name} is not a notebook: it is not valid JSON (line {e.LineNumber + 1})."); }
        if (root is not JsonObject json || json["cells"] is not JsonArray cells)
            throw new InvalidDataException($"{name} is not a notebook: it has no list of cells.");
        if (json["nbformat"] is not JsonValue format || !format.TryGetValue(out int major) || major != 4)
            throw new InvalidDataException($"{name} is not an nbformat 4 notebook: open it in VS Code or Jupyter and save it again.");
        var wrong = Enumerable.Range(0, cells.Count).FirstOrDefault(i => cells[i] is not JsonObject, -1);
        if (wrong >= 0) throw new InvalidDataException($"{name} is not a notebook: cell {wrong + 1} is not an object.");
        return new Notebook(json, [.. cells.Select(c => new Cell((JsonObject)c!))]);
    }

    public static Notebook Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no notebook {path}.");
        return Parse(File.ReadAllText(path), Path.GetFileName(path));
    }

    /// <summary>Writes the whole file or leaves the old one as it was.</summary>
    public void Write(string path)
    {
        var beside = path + ".tmp";
        File.WriteAllText(beside, ToText());
        File.Move(beside, path, overwrite: true);
    }

    public string ToText() => Sorted(Json)!.ToJsonString(Format) + "\n";

    /// <summary>nbformat's multiline string: a string, or a list of lines.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(l => (string?)l)),
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => "",
    };

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
