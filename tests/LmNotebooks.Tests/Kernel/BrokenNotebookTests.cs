using System.Text;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Notebooks that no editor writes: each is read, executed and drawn, or refused in one sentence, and its file
/// stays as it was.</summary>
public class BrokenNotebookTests
{
    private const int Mutants = 300;

    private static readonly string Valid = """
        {
          "nbformat": 4, "nbformat_minor": 5, "metadata": { "kernelspec": { "name": "lmnotebooks" }, "language_info": { "name": "csharp" } },
          "cells": [
            { "cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Title\n", "text $x$ ![p](x.png)"], "attachments": {} },
            { "cell_type": "code", "id": "b", "metadata": { "tags": ["raises-exception"] }, "execution_count": 1, "source": "1 + 1", "outputs": [
              { "output_type": "stream", "name": "stdout", "text": ["one\n", "two"] },
              { "output_type": "error", "ename": "E", "evalue": "bad", "traceback": ["E: bad", "  at cell 1"] },
              { "output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": { "text/plain": ["2"], "text/html": "<b>2</b>" } },
              { "output_type": "display_data", "metadata": {}, "data": { "image/png": "iVBORw0KGgo=", "text/plain": "picture" } },
              { "output_type": "display_data", "metadata": {}, "data": { "image/svg+xml": ["<svg/>"] } },
              { "output_type": "display_data", "metadata": {}, "data": { "text/markdown": "**b**" } },
              { "output_type": "display_data", "metadata": {}, "data": {
                "application/vnd.plotly.v1+json": { "data": [], "layout": {} }, "image/svg+xml": "<svg/>", "text/plain": "chart" } },
              { "output_type": "display_data", "metadata": {}, "data": { "application/vnd.plotly.v1+json": "{\"data\":[]}" } } ] } ]
        }
        """;

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1.5e300", "\"\"", "\"text\"", "\"\\ud800\"", "\"\\\"><script>\"",
        "[]", "[1, null, {}]", "[\"a\", [\"b\"]]", "{}", "{\"\\ud800\": 1}", "{\"a\": 1, \"a\": 2}",
    ];

    [Fact]
    public void A_wrong_value_in_any_place_is_drawn_or_refused_in_one_sentence()
    {
        var (drawn, refused) = (0, 0);
        for (var seed = 0; seed < Mutants; seed++)
        {
            var text = Mutant(new Random(seed));
            try
            {
                try
                {
                    var notebook = Notebook.Parse(text, "n.ipynb");
                    foreach (var cell in notebook.Cells) _ = (cell.Source, cell.Tags.ToList());
                    Assert.Equal(notebook.ToText(), Notebook.Parse(notebook.ToText(), "n.ipynb").ToText());
                    Assert.DoesNotContain("\"><script>\"", HtmlPage.Render(notebook, "n", ".").Html);
                    drawn++;
                }
                catch (InvalidDataException e)
                {
                    Assert.Matches("^n.ipynb is not a.*[^.]\\.$", e.Message);
                    refused++;
                }
            }
            catch (Exception e) { Assert.Fail($"seed {seed}: {e}\n{text}"); }
        }
        // else the test tests little
        Assert.True(drawn > Mutants / 4 && refused > Mutants / 4, $"{drawn} drawn, {refused} refused");
    }

    /// <summary>The valid notebook with one to three places removed, or filled with a value that does not belong
    /// there.</summary>
    private static string Mutant(Random random)
    {
        var root = JsonNode.Parse(Valid)!;
        var marks = new List<(string, string)>();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var places = Descendants(root).ToList();
            var place = places[random.Next(places.Count)];
            var (name, value) = ($"\"mark {n}\"", random.Next(Values.Length + 2) is var i && i < Values.Length
                ? Values[i] : null);
            if (value is not null) place.ReplaceWith($"mark {n}");
            else if (place.Parent is JsonObject o) o.Remove(place.GetPropertyName());
            else place.Parent!.AsArray().RemoveAt(place.GetElementIndex());
            if (value is not null) marks.Add((name, value));
        }
        return marks.Aggregate(root.ToJsonString(), (text, mark) => text.Replace(mark.Item1, mark.Item2));
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        var children = node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] };
        return children.OfType<JsonNode>().SelectMany(c => Descendants(c).Prepend(c));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}")]
    [InlineData("{\"nbformat\": 4, \"cells\": {}}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"cells\": []}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": 5}]}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"1\", \"metadata\": {\"tags\": "
        + "\"x\"}}]}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"'\\ud800'\"}]}")]
    public Task Run_refuses_what_is_not_a_notebook_and_leaves_it(string text) =>
        RefusedAsync(Encoding.UTF8.GetBytes(text));

    [Fact]
    public Task Run_refuses_bytes_that_are_not_UTF8_instead_of_replacing_them() =>
        RefusedAsync([.. "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": \""u8, 0xE9,
            .. "\"}]}"u8]);

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public Task Run_refuses_what_is_nested_too_deeply(int depth) =>
        RefusedAsync(Encoding.UTF8.GetBytes($"{{\"nbformat\": 4, \"cells\": [], \"metadata\": "
            + $"{new string('[', depth)}{new string(']', depth)}}}"));

    [Fact]
    public async Task Deep_data_and_much_text_survive_a_run()
    {
        var folder = new NotebookFolder();
        var path = folder.Write("n.ipynb", "for (var i = 0; i < 800; i++) Console.WriteLine(new string('x', 65_535));");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["metadata"]!["deep"] = JsonNode.Parse(new string('[', 60) + new string(']', 60));
        File.WriteAllText(path, json.ToJsonString());
        var ran = await new LmProcess(folder.Path).RunAsync("run", "n.ipynb", "--in-place", "--html");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        var notebook = Notebook.Read(path);
        Assert.True(JsonNode.DeepEquals(json["metadata"]!["deep"], notebook.Json["metadata"]!["deep"]));
        Assert.Equal(800 * 65_536, Notebook.Text(notebook.Cells[1].Outputs[0]!["text"]).Length);
        Assert.InRange(new FileInfo(Path.ChangeExtension(path, ".html")).Length, 800 * 65_536, 900 * 65_536);
    }

    [Theory]
    [InlineData(@"\unknown ", 1, "$$", "n: cell 1: the formula $\\unknown x$ ")]
    [InlineData("> ", 20_000, "", "n: cell 1: Markdown that is nested too deeply is shown as text.")]
    public async Task What_cannot_be_drawn_costs_a_sentence_and_not_the_results(string part, int times, string around,
        string words)
    {
        var folder = new NotebookFolder();
        var path = folder.Write("n.ipynb", "1 + 1");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["cells"]![0]!["source"] = $"{around}{string.Concat(Enumerable.Repeat(part, times))}x{around}";
        File.WriteAllText(path, json.ToJsonString());
        var ran = await new LmProcess(folder.Path).RunAsync("run", "n.ipynb", "--out", "results", "--html");
        Assert.Equal(0, ran.Code);
        Assert.StartsWith(words, ran.Error);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
        Assert.Equal("2", Notebook.Text(Notebook.Read(Path.Combine(folder.Path, "results", "n.ipynb")).Cells[1]
            .Outputs[0]!["data"]!["text/plain"]));
    }

    private static async Task RefusedAsync(byte[] bytes)
    {
        var folder = new NotebookFolder();
        var path = Path.Combine(folder.Path, "n.ipynb");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        await new LmProcess(folder.Path).RefusesAsync(1, "n.ipynb is not a", "run", "n.ipynb", "--in-place", "--html");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
