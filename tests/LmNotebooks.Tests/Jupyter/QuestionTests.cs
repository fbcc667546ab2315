using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>What editors ask about code, and about what has run.</summary>
public sealed class QuestionTests : IDisposable
{
    private readonly StandIn words = new();
    private readonly RunningKernel kernel;
    private KernelClient Client => kernel.Client;

    public QuestionTests() => kernel = new RunningKernel(words);

    public void Dispose() => kernel.Dispose();

    private JsonNode Ask(string type, JsonObject content) => Client.Ask(Client.Shell, type, content).Reply;

    [Theory]
    [InlineData("var s = \"😀変\"; s.Le", 18, 16, 18)]      // code points, as Jupyter counts
    [InlineData("var s = \"😀変\"; s.Le", 19, 17, 19)]      // UTF-16 units, as VS Code does
    [InlineData("Le", 99, 0, 2)]
    public void Proposals_come_with_their_kinds_and_in_the_counting_of_the_client(string code, int cursor, int start,
        int end)
    {
        words.Completes = (c, position) =>
        {
            Assert.Equal((code, code.Length), (c, position));
            return new Completions(position - 2, position,
                [new("Length", "property", "int string.Length"), new("Let", "keyword", "")]);
        };
        var reply = Ask("complete_request", new() { ["code"] = code, ["cursor_pos"] = cursor });
        Assert.Equal("""["Length","Let"]""", reply["matches"]!.ToText());
        Assert.Equal((start, end), ((int)reply["cursor_start"]!, (int)reply["cursor_end"]!));
        var types = reply["metadata"]!["_jupyter_types_experimental"]!.AsArray();
        Assert.Equal(2, types.Count);
        var first = new JsonObject { ["start"] = start, ["end"] = end, ["text"] = "Length", ["type"] = "property",
            ["signature"] = "int string.Length" };
        Assert.True(JsonNode.DeepEquals(types[0], first));
    }

    [Theory]
    [InlineData("method", "function")]
    [InlineData("field", "variable")]
    [InlineData("parameter", "variable")]
    [InlineData("module", "module")]
    [InlineData("class", "class")]
    public void Kinds_are_told_in_words_that_VS_Code_draws_right_where_there_is_one(string kind, string word)
    {
        words.Completes = (_, position) => new Completions(0, position, [new("a", kind, "")]);
        var reply = Ask("complete_request", new() { ["code"] = "a", ["cursor_pos"] = 1 });
        Assert.Equal(word, (string?)reply["metadata"]!["_jupyter_types_experimental"]![0]!["type"]);
    }

    [Fact]
    public void A_question_that_breaks_the_language_service_is_answered_with_its_error()
    {
        words.Completes = (_, _) => throw new InvalidOperationException("broken");
        var reply = Ask("complete_request", new() { ["code"] = "a", ["cursor_pos"] = 1 });
        Assert.Equal(("error", "broken"), ((string?)reply["status"], (string?)reply["evalue"]));
    }

    [Fact]
    public void A_cell_does_not_wait_for_an_answer()
    {
        var asked = new ManualResetEventSlim();
        words.Thinks = _ =>
        {
            asked.Set();
            return new TaskCompletionSource().Task;
        };
        var question = Client.Send(Client.Shell, "complete_request", new() { ["code"] = "a", ["cursor_pos"] = 1 });
        Assert.True(asked.Wait(Patience.Event, TestContext.Current.CancellationToken));
        var cell = Client.Start("a1");
        Assert.Equal("""{"status":"ok","cursor_start":1,"cursor_end":1,"matches":[],"metadata":{"_jupyter_types_experimental":[]}}""",
            Client.Await(Client.Shell, question).Reply.ToText());
        Assert.Equal("ok", Client.Await(Client.Shell, cell)["status"]);
    }

    [Fact]
    public void Inspection_finds_text_or_nothing()
    {
        string Inspect() => Ask("inspect_request", new() { ["code"] = "x", ["cursor_pos"] = 1, ["detail_level"] = 0 })
            .ToText();
        Assert.Equal("""{"status":"ok","found":false,"metadata":{},"data":{}}""", Inspect());
        words.Inspected = "int x";
        Assert.Equal("""{"status":"ok","found":true,"metadata":{},"data":{"text/plain":"int x"}}""", Inspect());
    }

    [Theory]
    [InlineData("{ }", """{"status":"complete"}""")]
    [InlineData(")", """{"status":"invalid"}""")]
    [InlineData("if (a) {", """{"status":"incomplete","indent":"    "}""")]
    [InlineData("if (a) {\n  b;\n", """{"status":"incomplete","indent":"  "}""")]
    public void A_console_learns_whether_to_go_on(string code, string reply) =>
        Assert.Equal(reply, Ask("is_complete_request", new() { ["code"] = code }).ToText());

    [Theory]
    [InlineData("""{"hist_access_type": "tail", "n": 2}""", "[[1,3,\"a1\"],[1,4,\"(b)\"]]")]
    [InlineData("""{"hist_access_type": "range", "session": 0, "start": 2, "stop": 4}""",
        "[[1,2,\"boo\"],[1,3,\"a1\"]]")]
    [InlineData("""{"hist_access_type": "range", "session": -1, "start": 1}""", "[]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "a?"}""", "[[1,1,\"a1\"],[1,3,\"a1\"]]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "*", "unique": true, "n": 2}""",
        "[[1,3,\"a1\"],[1,4,\"(b)\"]]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "A*"}""", "[]")]
    [InlineData("""{"hist_access_type": "tail", "n": 1, "output": true}""", "[[1,4,[\"(b)\",null]]]")]
    [InlineData("""{"hist_access_type": "range", "start": 1, "stop": 2, "output": true, "raw": true}""",
        "[[1,1,[\"a1\",\"a1\"]]]")]
    public void History_is_what_ran_in_this_session(string request, string expected)
    {
        foreach (var cell in new[] { "a1", "boo", "a1", "(b)" }) Client.Execute(cell);
        Assert.Equal(expected, Ask("history_request", JsonNode.Parse(request)!.AsObject())["history"]!.ToText());
    }
}
