using System.Buffers;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The four kinds of nbformat output.</summary>
internal static class Output
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\x1C\x1D\x1E\x85\u2028\u2029");

    public static JsonObject Stream(string name, string text) =>
        new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Display(JsonObject data) =>
        new() { ["output_type"] = "display_data", ["data"] = data, ["metadata"] = new JsonObject() };

    public static JsonObject Result(JsonObject data, int count) =>
        new() { ["output_type"] = "execute_result", ["data"] = data, ["metadata"] = new JsonObject(),
            ["execution_count"] = count };

    public static JsonObject Error(CellError error) => new()
    {
        ["output_type"] = "error", ["ename"] = error.Name, ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    /// <summary>As Jupyter stores it: text as a list of lines, so that a changed line is one line of a diff; JSON data
    /// stays as it is.</summary>
    public static JsonObject Stored(JsonObject output)
    {
        if ((string?)output["output_type"] == "stream") output["text"] = Lines(Notebook.Text(output["text"]));
        if (output["data"] is JsonObject data)
            foreach (var (mime, value) in data.ToList())
                if (!MimeBundle.IsJson(mime) && value is JsonValue text) data[mime] = Lines((string)text!);
        return output;
    }

    /// <summary>Lines with their ends, of every kind that ends a line in Python.</summary>
    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = text.AsSpan(start).IndexOfAny(LineEnds) is var at && at < 0 ? text.Length : start + at + 1;
            if (end < text.Length && text[end - 1] == '\r' && text[end] == '\n') end++;
            lines.Add(text[start..end]);
        }
        return lines;
    }
}
