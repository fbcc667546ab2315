using System.Text.Json.Nodes;

namespace LmNotebooks.Tests.Kernel;

/// <summary>A new folder for notebooks that a test writes.</summary>
internal sealed class NotebookFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lm-notebooks-").FullName;

    /// <summary>A notebook of code cells. A cell that begins with "!" has the tag raises-exception.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, params string[] cells)
    {
        var json = new JsonObject
        {
            ["nbformat"] = 4, ["nbformat_minor"] = 5, ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([new JsonObject { ["cell_type"] = "markdown", ["id"] = "title",
                ["metadata"] = new JsonObject(), ["source"] = "# Title" }, .. cells.Select(Cell)]),
        };
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }

    private static JsonNode Cell(string source, int i) => new JsonObject
    {
        ["cell_type"] = "code", ["id"] = $"cell{i}", ["execution_count"] = null, ["outputs"] = new JsonArray(),
            ["source"] = source.TrimStart('!'),
        ["metadata"] = source.StartsWith('!') ? new JsonObject { ["tags"] = new JsonArray("raises-exception") }
            : new JsonObject(),
    };
}
