using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

/// <summary>The language that the metadata of a cell name.</summary>
public class CellLanguageTests
{
    private readonly NotebookFolder folder = new();

    /// <returns>The last output of each cell.</returns>
    private async Task<IReadOnlyList<JsonNode?>> RunAsync(params (string Source, string Metadata)[] cells)
    {
        var path = folder.Write("n.ipynb", [.. cells.Select(c => c.Source)]);
        var notebook = Notebook.Read(path);
        foreach (var (cell, (_, metadata)) in notebook.Cells.Where(c => c.IsCode).Zip(cells))
        {
            cell.Json["metadata"] = JsonNode.Parse(metadata);
            cell.Json["metadata"]!["tags"] = new JsonArray("raises-exception");
        }
        notebook.Write(path);
        var result = await HeadlessRun.ExecuteAsync(path, null, TimeSpan.FromMinutes(5), null,
            TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Error);
        return [.. result.Notebook.Cells.Where(c => c.IsCode).Select(c => c.Outputs[^1])];
    }

    [Fact]
    public async Task Another_language_is_refused_by_its_name()
    {
        var shown = await RunAsync(
            ("let x = 1", """{"polyglot_notebook": {"kernelName": "fsharp"}}"""),
            ("graph LR", """{"polyglot_notebook": {"kernelName": "mermaid"}, "vscode": {"languageId": "csharp"}}"""),
            ("1 + 1", """{"dotnet_interactive": {"language": "sql"}}"""),
            ("1 + 1", """{"vscode": {"languageId": "dotnet-interactive.pwsh"}}"""));
        Assert.Equal(from name in new[] { "fsharp", "mermaid", "sql", "pwsh" }
            select $"(1,1): error: This kernel runs C# and does not know '{name}': "
            + $"write the cell in C#, make it a Markdown cell, or run it in a kernel that knows '{name}'.",
                shown.Select(o => (string?)o!["evalue"]));
    }

    [Fact]
    public async Task Text_is_shown_and_CSharp_runs_and_the_first_line_counts_more()
    {
        var shown = await RunAsync(
            ("*text*", """{"polyglot_notebook": {"kernelName": "markdown"}}"""),
            ("<b>x</b>", """{"vscode": {"languageId": "html"}}"""),
            ("1 + 1", """{"polyglot_notebook": {"kernelName": "csharp"}, "vscode": {"languageId": "polyglot-notebook"}}"""),
            ("1 + 2", """{"vscode": {"languageId": "csharp"}, "dotnet_interactive": 5, "polyglot_notebook": {"kernelName": ["x"]}}"""),
            ("#!csharp\n1 + 3", """{"polyglot_notebook": {"kernelName": "markdown"}}"""),
            ("#!markdown\n*more*", """{"polyglot_notebook": {"kernelName": "csharp"}}"""));
        string[] mimes = ["text/markdown", "text/html", "text/plain", "text/plain", "text/plain", "text/markdown"];
        Assert.Equal(["*text*", "<b>x</b>", "2", "3", "4", "*more*"],
            shown.Zip(mimes, (o, mime) => Notebook.Text(o!["data"]![mime])));
    }
}
