using System.Text.Json.Nodes;
using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.Playwright;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Notebooks of a few cells, and their pages.</summary>
internal static class Pages
{
    /// <summary>One dot.</summary>
    public const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>The page of these cells, of a notebook in a folder without pictures.</summary>
    public static string Html(params JsonObject[] cells) => HtmlPage.Render(Book(cells), "t", ".").Html;

    /// <summary>Opens a page from disk, as a reader does.</summary>
    public static async Task Open(IPage page, string html)
    {
        var path = Path.Combine(Path.GetTempPath(), $"lm-page-{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(path, html, TestContext.Current.CancellationToken);
        try { await page.GotoAsync(new Uri(path).AbsoluteUri); }
        finally { File.Delete(path); }
    }

    public static Notebook Book(params JsonObject[] cells) =>
        Notebook.Parse(new JsonObject { ["nbformat"] = 4, ["nbformat_minor"] = 5, ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([.. cells]) }.ToJsonString(), "test");

    public static JsonObject Markdown(string source) => new() { ["cell_type"] = "markdown", ["source"] = source };

    public static JsonObject Code(string source, params JsonObject[] outputs) =>
        new() { ["cell_type"] = "code", ["source"] = source, ["execution_count"] = 3,
            ["outputs"] = new JsonArray([.. outputs]) };

    public static JsonObject Chart(Graphic figure)
    {
        var data = new JsonObject();
        foreach (var mime in Formatter.GetPreferredMimeTypesFor(figure.GetType()))
            data[mime] = mime.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(figure.ToDisplayString(mime))
                : figure.ToDisplayString(mime);
        return Code("Show(figure)", new JsonObject { ["output_type"] = "display_data", ["data"] = data });
    }

    public static JsonObject Result(params (string Mime, string Text)[] data) =>
        new() { ["output_type"] = "execute_result",
            ["data"] = new JsonObject(data.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Mime, d.Text))) };

    public static JsonObject Stream(string name, string text) =>
        new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Error(string name, string value, string[] trace) =>
        new() { ["output_type"] = "error", ["ename"] = name, ["evalue"] = value,
            ["traceback"] = new JsonArray([.. trace.Select(t => (JsonNode)t)]) };
}
