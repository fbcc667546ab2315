using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The four kinds of nbformat output.</summary>
internal static class Output
{
    public static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Display(JsonObject data) => new() { ["output_type"] = "display_data", ["data"] = data, ["metadata"] = new JsonObject() };

    public static JsonObject Result(JsonObject data, int count) =>
        new() { ["output_type"] = "execute_result", ["data"] = data, ["metadata"] = new JsonObject(), ["execution_count"] = count };

    public static JsonObject Error(CellError error) => new()
    {
        ["output_type"] = "error", ["ename"] = error.Name, ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    /// <summary>As Jupyter stores it: text as a list of lines, so that a changed line is one line of a diff; JSON data stays as it is.</summary>
    public static JsonObject Stored(JsonObject output)
    {
        if ((string?)output["output_type"] == "stream") output["text"] = Lines(Notebook.Text(output["text"]));
        if (output["data"] is JsonObject data)
            foreach (var (mime, value) in data.ToList())
                if (!MimeBundle.IsJson(mime) && value is JsonValue text) data[mime] = Lines((string)text!);
        return output;
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = text.IndexOf('\n', start) is var at && at < 0 ? text.Length : at + 1;
            lines.Add(text[start..end]);
        }
        return lines;
    }
}
