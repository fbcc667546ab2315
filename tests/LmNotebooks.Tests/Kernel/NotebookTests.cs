using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

public class NotebookTests
{
    private const string Saved = """
        {
         "cells": [
          {
           "cell_type": "code",
           "execution_count": null,
           "id": "a",
           "metadata": {},
           "outputs": [],
           "source": [
            "var x = \"é < 1\";\n",
            "x"
           ]
          }
         ],
         "metadata": {
          "unknown": {
           "kept": 1.5
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void A_notebook_that_an_editor_saved_is_written_byte_for_byte() =>
        Assert.Equal(Saved.ReplaceLineEndings("\n"), Notebook.Parse(Saved, "n.ipynb").ToText());

    [Fact]
    public void Keys_are_sorted_and_the_text_ends_with_a_newline() =>
        Assert.Equal("{\n \"cells\": [],\n \"metadata\": {\n  \"a\": 2,\n  \"b\": 1\n },\n \"nbformat\": 4\n}\n",
            Notebook.Parse("""{"nbformat":4,"metadata":{"b":1,"a":2},"cells":[]}""", "n.ipynb").ToText());

    [Fact]
    public void A_cells_source_is_one_text_however_it_is_stored()
    {
        var cell = Notebook.Parse(Saved, "n.ipynb").Cells[0];
        Assert.Equal("var x = \"é < 1\";\nx", cell.Source);
        Assert.True(cell.IsCode);
        Assert.Empty(cell.Tags);
    }

    [Theory]
    [InlineData("{", "not valid JSON (line 1)")]
    [InlineData("[]", "it is not an object")]
    [InlineData("""{"nbformat":4}""", "no list of cells")]
    [InlineData("""{"cells":[]}""", "it does not say its nbformat")]
    [InlineData("""{"cells":[],"nbformat":5}""", "newer than this program")]
    [InlineData("""{"nbformat":3,"worksheets":[]}""", "one of nbformat 3, which is too old to run: open it in Jupyter")]
    [InlineData("""{"cells":[],"cells":[],"nbformat":4}""", "Duplicate property 'cells'")]
    [InlineData("""{"cells":[1],"nbformat":4}""", "cell 1 is not an object")]
    public void What_is_not_a_notebook_is_refused_in_one_sentence(string text, string why)
    {
        var e = Assert.Throws<InvalidDataException>(() => Notebook.Parse(text, "n.ipynb"));
        Assert.StartsWith("n.ipynb is not", e.Message);
        Assert.Contains(why, e.Message);
    }

    [Fact]
    public void From_nbformat_4_5_on_a_cell_without_an_id_or_with_that_of_an_earlier_one_gets_a_new_one()
    {
        static string[] Ids(int minor) => [.. Notebook.Parse($$"""
            {"nbformat":4,"nbformat_minor":{{minor}},"cells":[
              {"cell_type":"raw","id":"a"},{"cell_type":"raw"},{"cell_type":"raw","id":"a"},
              {"cell_type":"raw","id":5},{"cell_type":"raw","id":"#b"}]}
            """, "n.ipynb").Cells.Select(c => c.Json["id"]?.ToJsonString() ?? "none")];
        var ids = Ids(5);
        Assert.Equal(("\"a\"", "\"#b\""), (ids[0], ids[4]));
        Assert.All(ids[1..4], id => Assert.Matches("^\"[0-9a-f]{8}\"$", id));
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(["\"a\"", "none", "\"a\"", "5", "\"#b\""], Ids(4));
    }

    [Property(Arbitrary = [typeof(Json)], MaxTest = 200)]
    public bool Unknown_fields_survive_and_writing_again_changes_nothing(JsonObject metadata)
    {
        var json = new JsonObject { ["nbformat"] = 4,
            ["cells"] = new JsonArray(new JsonObject { ["cell_type"] = "code", ["metadata"] = metadata.DeepClone() }),
            ["metadata"] = metadata.DeepClone() };
        var text = Notebook.Parse(json.ToJsonString(), "n.ipynb").ToText();
        var again = Notebook.Parse(text, "n.ipynb");
        return JsonNode.DeepEquals(again.Json["metadata"], metadata)
            && JsonNode.DeepEquals(again.Cells[0].Json["metadata"], metadata) && again.ToText() == text;
    }

    /// <summary>Random JSON objects, nested up to the size that FsCheck asks for.</summary>
    public static class Json
    {
        public static Arbitrary<JsonObject> Objects() => Gen.Sized(size => Object(Math.Min(size / 10, 4)))
            .ToArbitrary();

        private static Gen<string> Text => ArbMap.Default.GeneratorFor<string?>()
            .Select(s => new string([.. (s ?? "").Where(c => !char.IsSurrogate(c))]));

        private static Gen<JsonObject> Object(int depth) => Text.Zip(Node(depth), KeyValuePair.Create).ListOf()
            .Select(entries => new JsonObject(entries.DistinctBy(e => e.Key)
                .Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone()))));

        private static Gen<JsonNode?> Node(int depth)
        {
            var leaf = Gen.OneOf(Text.Select(s => (JsonNode?)s), ArbMap.Default.GeneratorFor<long>()
                .Select(n => (JsonNode?)n), ArbMap.Default.GeneratorFor<bool>().Select(b => (JsonNode?)b),
                Gen.Constant((JsonNode?)null));
            return depth == 0 ? leaf
                : Gen.OneOf(leaf, Object(depth - 1).Select(o => (JsonNode?)o), Node(depth - 1).ListOf()
                    .Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])));
        }
    }
}
