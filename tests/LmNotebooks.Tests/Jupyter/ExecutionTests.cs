using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Jupyter;
using LmNotebooks.Kernel.Scripting;
using NetMQ;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>What a request to run a cell leads to.</summary>
public sealed class ExecutionTests : IDisposable
{
    private readonly StandIn words = new();
    private readonly RunningKernel kernel;
    private KernelClient Client => kernel.Client;

    public ExecutionTests() => kernel = new RunningKernel(words);

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void A_cell_is_announced_exactly_and_all_that_it_emits_lies_between_busy_and_idle()
    {
        const string Code = "  say \"<ä😀>\"\r\n\t";
        words.Cells[Code] = (output, _) =>
        {
            output.Stream("stdout", "<ä😀>\n");
            output.Stream("stderr", "!");
            return StandIn.Value("7");
        };
        var answer = Client.Execute(Code);
        Assert.Equal(["status", "execute_input", "stream", "stream", "execute_result", "status"], answer.Types);
        Assert.Equal((Code, "1"), (answer.Only("execute_input")["code"],
            answer.Only("execute_input")["execution_count"]));
        Assert.Equal(["busy", "idle"], answer.Published.Where(p => p.Type == "status")
            .Select(p => p["execution_state"]));
        Assert.Equal([("stdout", "<ä😀>\n"), ("stderr", "!")], answer.Published.Where(p => p.Type == "stream")
            .Select(p => (p["name"], p["text"])));
        Assert.Equal("""{"execution_count":1,"data":{"text/plain":"7"},"metadata":{}}""", answer.Only("execute_result")
            .Content.ToText());
        Assert.Equal("""{"status":"ok","execution_count":1,"payload":[],"user_expressions":{}}""",
            answer.Reply.ToText());
    }

    [Fact]
    public void An_error_is_published_and_replied()
    {
        var answer = Client.Execute("boo");
        var error = answer.Only("error").Content;
        Assert.Equal("""{"ename":"Exception","evalue":"boo","traceback":["Exception: boo","   at cell 1, line 1"]}""",
            error.ToText());
        foreach (var (name, value) in error.AsObject()) Assert.True(JsonNode.DeepEquals(value, answer.Reply[name]));
        Assert.Equal(("error", "1"), (answer["status"], answer["execution_count"]));
    }

    [Fact]
    public void Only_cells_that_are_to_be_remembered_count()
    {
        Assert.Equal("1", Client.Execute("a")["execution_count"]);
        Assert.Equal("1", Client.Execute("b", new() { ["store_history"] = false })["execution_count"]);
        Assert.Equal("1", Client.Execute("c", new() { ["silent"] = true })["execution_count"]);
        Assert.Equal("1", Client.Execute(" \n")["execution_count"]);
        Assert.Equal("2", Client.Execute("d")["execution_count"]);
        Assert.Equal(["a", "b", "c", "d"], words.Ran);
        Assert.Equal("""[[1,1,"a"],[1,2,"d"]]""",
            Client.Ask(Client.Shell, "history_request", new() { ["hist_access_type"] = "tail" })
            .Reply["history"]!.ToText());
    }

    [Fact]
    public void A_silent_cell_runs_and_publishes_nothing()
    {
        words.Cells["talk"] = (output, _) =>
        {
            output.Stream("stdout", "text");
            output.Display(new() { ["text/plain"] = "picture" }, "d");
            return StandIn.Value("value");
        };
        var answer = Client.Execute("talk", new() { ["silent"] = true });
        Assert.Equal(("ok", 2), (answer["status"], answer.Published.Count));
        Assert.Equal(["status", "status"], Client.Execute("boo", new() { ["silent"] = true }).Types);
        Assert.Equal(["talk", "boo"], words.Ran);
    }

    [Fact]
    public void After_an_error_the_cells_that_wait_are_aborted_and_later_ones_run()
    {
        var failed = new TaskCompletionSource();
        words.Cells["wait and fail"] = (_, _) =>
        {
            failed.Task.Wait();
            return words.Cells["boo"](null!, default);
        };
        var (first, second, info, third) = (Client.Start("wait and fail"), Client.Start("2"),
            Client.Send(Client.Shell, "kernel_info_request"), Client.Start("3"));
        Client.SendRaw(Client.Shell, "{}", "{}", signature: "wrong");
        Assert.True(SpinWait.SpinUntil(() => kernel.Log.Count == 1, Patience.Event)); // then those before it have come
        failed.SetResult();
        Assert.Equal("error", Client.Await(Client.Shell, first)["status"]);
        foreach (var id in new[] { second, third })
        {
            if (id == third) Assert.Equal("ok", Client.Await(Client.Shell, info)["status"]);
            var aborted = Client.Await(Client.Shell, id);
            Assert.Equal("aborted", aborted["status"]);
            Assert.Equal(["status", "status"], aborted.Types);
        }
        Assert.Equal("ok", Client.Execute("4")["status"]);
        Assert.Equal(["wait and fail", "4"], words.Ran);
    }

    [Fact]
    public void Without_stop_on_error_the_cells_that_wait_run()
    {
        var (first, second) = (Client.Start("boo", new() { ["stop_on_error"] = false }), Client.Start("2"));
        Assert.Equal("error", Client.Await(Client.Shell, first)["status"]);
        var answer = Client.Await(Client.Shell, second);
        Assert.Equal(("ok", "2"), (answer["status"], answer["execution_count"]));
    }

    [Fact]
    public void User_expressions_are_evaluated_after_a_cell_that_succeeded()
    {
        var more = new JsonObject { ["user_expressions"] =
            new JsonObject { ["x"] = "40 + 2", ["bad"] = "boo", ["none"] = "(void)", ["odd"] = 1 } };
        var answer = Client.Execute("1", (JsonObject)more.DeepClone()).Reply["user_expressions"]!;
        Assert.Equal("""{"status":"ok","data":{"text/plain":"40 + 2"},"metadata":{}}""", answer["x"]!.ToText());
        Assert.Equal(("error", "Exception", "boo"),
            ((string?)answer["bad"]!["status"], (string?)answer["bad"]!["ename"], (string?)answer["bad"]!["evalue"]));
        Assert.Equal("""{"status":"ok","data":{},"metadata":{}}""", answer["none"]!.ToText());
        Assert.Equal("error", (string?)answer["odd"]!["status"]);
        words.Ran.Clear();
        Assert.Null(Client.Execute("boo", more)["user_expressions"]);
        Assert.Equal(["boo"], words.Ran);
    }

    [Fact]
    public void Twenty_thousand_lines_arrive_in_order_none_lost()
    {
        const int Lines = 20_000;
        words.Cells["lines"] = (output, _) =>
        {
            for (var i = 0; i < Lines; i++) output.Stream("stdout", $"{i}\n");
            return StandIn.Value();
        };
        var text = string.Concat(Client.Execute("lines").Published.Where(p => p.Type == "stream")
            .Select(p => p["text"]));
        Assert.Equal(string.Concat(Enumerable.Range(0, Lines).Select(i => $"{i}\n")), text);
    }

    [Fact]
    public void A_large_output_arrives_whole()
    {
        var large = new string('x', 20_000_000) + "😀";
        words.Cells["large"] = (_, _) => StandIn.Value(large);
        Assert.Equal(large, (string?)Client.Execute("large").Only("execute_result").Content["data"]!["text/plain"]);
    }

    [Fact]
    public void Half_a_character_is_shown_as_unknown_and_harms_nothing()
    {
        words.Cells["half"] = (output, _) =>
        {
            output.Stream("stdout", "a\ud83d");
            return StandIn.Value("\ude00b");
        };
        var answer = Client.Execute("half");
        Assert.Equal(("a\ufffd", "\ufffdb"), (answer.Only("stream")["text"], (string?)answer.Only("execute_result")
            .Content["data"]!["text/plain"]));
    }

    [Fact]
    public void What_a_background_task_emits_belongs_to_the_cell_that_started_it()
    {
        IOutput? background = null;
        words.Cells["start"] = (output, _) =>
        {
            background = output;
            return StandIn.Value();
        };
        words.Cells["later"] = (_, _) =>
        {
            background!.Stream("stdout", "from the first");
            return StandIn.Value();
        };
        var first = Client.Start("start");
        Client.Await(Client.Shell, first);
        Assert.DoesNotContain("stream", Client.Execute("later").Types);
        Assert.Equal("from the first", Client.Until(p => p.Parent == first && p.Type == "stream")["text"]);
    }

    [Fact]
    public void Displays_are_named_replaced_also_by_later_cells_and_cleared()
    {
        words.Cells["show"] = (output, _) =>
        {
            output.Display(new() { ["text/html"] = "<b>" }, "one");
            output.Clear(wait: true);
            return StandIn.Value();
        };
        words.Cells["replace"] = (output, _) =>
        {
            output.Update(new() { ["text/html"] = "<i>" }, "one");
            return StandIn.Value();
        };
        var shown = Client.Execute("show");
        Assert.Equal("""{"data":{"text/html":"<b>"},"metadata":{},"transient":{"display_id":"one"}}""",
            shown.Only("display_data").Content.ToText());
        Assert.Equal("""{"wait":true}""", shown.Only("clear_output").Content.ToText());
        var replaced = Client.Execute("replace").Only("update_display_data");
        Assert.Equal("""{"data":{"text/html":"<i>"},"metadata":{},"transient":{"display_id":"one"}}""",
            replaced.Content.ToText());
    }

    [Fact]
    public void While_a_cell_runs_heartbeat_and_control_answer_and_an_interrupt_ends_it()
    {
        var id = Client.Start("endless");
        Client.Until(p => p.Type == "execute_input");
        Client.Heartbeat.SendFrame("ping");
        Assert.Equal("ping", Client.Heartbeat.ReceiveFrameString());
        Assert.Equal(["status", "status"], Client.Ask(Client.Control, "kernel_info_request").Types);
        Assert.Equal("ok", Client.Ask(Client.Control, "interrupt_request")["status"]);
        var answer = Client.Await(Client.Shell, id);
        Assert.Equal(("error", "Interrupted"), (answer["status"], answer["ename"]));
        Assert.Equal("ok", Client.Ask(Client.Control, "interrupt_request")["status"]);
        Assert.Equal("ok", Client.Execute("1")["status"]);
    }

    [Fact]
    public void An_interrupt_is_answered_also_where_the_cell_resists_it()
    {
        using var ended = new ManualResetEventSlim();
        using var resists = new ManualResetEventSlim();
        words.Cells["resist"] = (_, token) =>
        {
            token.Register(() => ended.Wait());
            token.Register(() => throw new InvalidOperationException("no"));
            resists.Set();   // an interrupt before this would meet no resistance
            token.WaitHandle.WaitOne();
            return StandIn.Value("in the end");
        };
        var id = Client.Start("resist");
        Client.Until(p => p.Type == "execute_input");
        Assert.True(resists.Wait(Patience.Event, TestContext.Current.CancellationToken));
        Assert.Equal("ok", Client.Ask(Client.Control, "interrupt_request")["status"]);
        Assert.Equal("ok", Client.Ask(Client.Control, "kernel_info_request")["status"]);
        ended.Set();
        Assert.Equal("ok", Client.Await(Client.Shell, id)["status"]);
    }

    [Theory]
    [InlineData(true, false), InlineData(true, true), InlineData(false, false), InlineData(false, true)]
    public void A_shutdown_is_answered_on_both_channels_and_ends_the_kernel(bool onControl, bool restart)
    {
        if (onControl)
        {
            Client.Start("endless");
            Client.Until(p => p.Type == "execute_input");
        }
        var answer = Client.Ask(onControl ? Client.Control : Client.Shell, "shutdown_request",
            new() { ["restart"] = restart });
        Assert.Equal(("ok", restart ? "true" : "false"), (answer["status"], answer["restart"]));
        Assert.True(kernel.Ends());
    }

    private void AskingCell() => words.Cells["ask"] = (output, token) =>
    {
        try { return StandIn.Value(output.ReadLine("Name? ", true, token)); }
        catch (Exception e) { return new(null, new CellError(e.GetType().Name, e.Message, [])); }
    };

    [Fact]
    public void A_cell_asks_its_client_and_gets_the_answer()
    {
        AskingCell();
        var id = Client.Start("ask", new() { ["allow_stdin"] = true });
        var question = Client.Receive(Client.Stdin);
        Assert.Equal(("input_request", id, "Name? ", "true"),
            (question.Type, question.Parent, question["prompt"], question["password"]));
        Client.SendRaw(Client.Stdin, KernelClient.Header("input_reply", "r1"), """{"value": "late"}""",
            parent: """{"msg_id": "an earlier question"}""");
        Client.SendRaw(Client.Stdin, KernelClient.Header("input_reply", "r2"), """{"value": 1}""");
        Client.Send(Client.Stdin, "input_reply", new() { ["value"] = "Ada" });
        Assert.Equal("Ada", (string?)Client.Await(Client.Shell, id).Only("execute_result")
            .Content["data"]!["text/plain"]);
    }

    [Fact]
    public void Where_the_client_cannot_be_asked_the_cell_is_told_in_a_sentence()
    {
        AskingCell();
        var answer = Client.Execute("ask", new() { ["allow_stdin"] = false });
        Assert.Equal("This cell was run where nobody can be asked for input: run it in VS Code or Jupyter.",
            answer["evalue"]);
        Assert.False(KernelClient.Hears(Client.Stdin));
    }

    [Fact]
    public void An_interrupt_ends_the_wait_for_an_answer_and_the_next_question_is_answered()
    {
        AskingCell();
        var id = Client.Start("ask");
        Client.Receive(Client.Stdin);
        Client.Ask(Client.Control, "interrupt_request");
        Assert.Equal("OperationCanceledException", Client.Await(Client.Shell, id)["ename"]);
        id = Client.Start("ask");
        Client.Receive(Client.Stdin);
        Client.Send(Client.Stdin, "input_reply", new() { ["value"] = "Ada" });
        Assert.Equal("ok", Client.Await(Client.Shell, id)["status"]);
    }
}
