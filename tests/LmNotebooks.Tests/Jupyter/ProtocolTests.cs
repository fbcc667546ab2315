using System.Net.Sockets;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;
using NetMQ;
using NetMQ.Sockets;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>Frames, signatures and introductions.</summary>
public sealed class ProtocolTests : IDisposable
{
    private readonly RunningKernel kernel = new(new StandIn());
    private KernelClient Client => kernel.Client;

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void The_kernel_introduces_itself_on_shell_and_control_before_anything_ran()
    {
        foreach (var channel in new[] { Client.Shell, Client.Control })
        {
            var answer = Client.Ask(channel, "kernel_info_request");
            Assert.Equal(["status", "status"], answer.Types);
            Assert.True(JsonNode.DeepEquals(KernelInfo.LanguageInfo, answer.Reply["language_info"]));
            Assert.Equal(("ok", "5.3", "false"), (answer["status"], answer["protocol_version"], answer["debugger"]));
            Assert.Null(answer.Reply["supported_features"]);
        }
    }

    [Fact]
    public void A_preparation_that_fails_is_one_line_of_log_and_the_kernel_lives()
    {
        using var weak = new RunningKernel(new StandIn { Warms = () => throw new IOException("no compiler") });
        Assert.True(SpinWait.SpinUntil(() => !weak.Log.IsEmpty, Patience.Event));
        Assert.Equal(["The preparation for the first cell failed: no compiler"], weak.Log);
        Assert.Equal("ok", weak.Client.Execute("1")["status"]);
    }

    [Fact]
    public void The_header_of_a_request_comes_back_byte_for_byte_and_so_does_its_route()
    {
        const string Header =
            """{ "msg_type":"kernel_info_request",  "msg_id" : "\u00e9\ud83d", "extra": [1.50, {}] }""";
        Client.SendRaw(Client.Shell, Header, "{}", route: ["a"u8.ToArray(), []]);
        var reply = Client.Receive(Client.Shell);
        Assert.Equal(Header, reply.ParentText);
        Assert.Equal(["a"u8.ToArray(), []], reply.Route);
        Assert.Equal(Header, Client.Receive(Client.IoPub).ParentText);
    }

    [Fact]
    public void A_wrong_signature_is_one_line_of_log_and_nothing_else()
    {
        foreach (var signature in new[] { "", "00", new string('0', 64) })
            Client.SendRaw(Client.Shell, KernelClient.Header("execute_request", "x"), """{"code": "1"}""",
                signature: signature);
        Assert.Equal("ok", Client.Ask(Client.Shell, "kernel_info_request")["status"]);
        Assert.Equal(Enumerable.Repeat("shell: a message was ignored: its signature is wrong", 3), kernel.Log);
    }

    [Fact]
    public void With_an_empty_key_nothing_is_signed()
    {
        using var open = new RunningKernel(new StandIn(), key: "");
        Assert.Equal("1", open.Client.Execute("1").Only("execute_result").Content["data"]!["text/plain"]!.ToString());
        open.Client.SendRaw(open.Client.Shell, KernelClient.Header("kernel_info_request", "x"), "{}",
            signature: "whatever");
        Assert.Equal("kernel_info_reply", open.Client.Receive(open.Client.Shell).Type);
    }

    [Fact]
    public void A_message_of_an_unknown_type_is_one_line_of_log_and_nothing_else()
    {
        Client.Send(Client.Shell, "fly_request");
        Client.Send(Client.Control, "execute_request");
        var info = Client.Ask(Client.Shell, "kernel_info_request");
        Client.Ask(Client.Control, "kernel_info_request");
        Assert.Equal("ok", info["status"]);
        Assert.Equal(["A message of the unknown type 'execute_request' was ignored.",
            "A message of the unknown type 'fly_request' was ignored."], kernel.Log.Order());
    }

    [Fact]
    public void A_request_without_what_it_needs_is_answered_with_a_sentence()
    {
        foreach (var (type, content, sentence) in new[]
                 {
                     ("execute_request", "{}", "The execute_request has no 'code'."),
                     ("execute_request", """{"code": 1}""", "'code' of the execute_request is not a text."),
                     ("execute_request", """{"code": "1", "silent": "no"}""",
                         "'silent' of the execute_request is not true or false."),
                     ("execute_request", """{"code": "\ud83d"}""", "'code' of the execute_request is not a text."),
                     ("complete_request", """{"code": "a", "cursor_pos": 1e300}""",
                         "'cursor_pos' of the complete_request is not a whole number."),
                     ("inspect_request", """{"code": [], "cursor_pos": 0}""",
                         "'code' of the inspect_request is not a text."),
                     ("history_request", """{"hist_access_type": "all"}""",
                         "There is no history of the kind 'all': it is tail, range or search."),
                 })
        {
            Client.SendRaw(Client.Shell, KernelClient.Header(type, "x"), content);
            var reply = Client.Receive(Client.Shell);
            Assert.Equal(("error", sentence), (reply["status"], reply["evalue"]));
            Assert.Equal(["busy", "idle"], Client.Published("x").Select(p => p["execution_state"]));
        }
    }

    [Fact]
    public void A_comm_that_nobody_knows_is_closed_and_none_are_open()
    {
        Assert.Equal("{}", Client.Ask(Client.Shell, "comm_info_request")["comms"]);
        var opened = Client.Published(Client.Send(Client.Shell, "comm_open",
            new() { ["comm_id"] = "c", ["target_name"] = "t", ["data"] = new JsonObject() }));
        Assert.Equal("c", Assert.Single(opened, p => p.Type == "comm_close")["comm_id"]);
        foreach (var type in new[] { "comm_msg", "comm_close" })
            Assert.Equal(["status", "status"], Client.Published(Client.Send(Client.Shell, type,
                new() { ["comm_id"] = "c" })).Select(p => p.Type));
        Assert.False(KernelClient.Hears(Client.Shell));
    }

    [Fact]
    public void A_debugger_is_refused()
    {
        var answer = Client.Ask(Client.Control, "debug_request", new() { ["command"] = "initialize" });
        Assert.Equal(("error", "This kernel has no debugger."), (answer["status"], answer["evalue"]));
    }

    [Fact]
    public void The_heartbeat_comes_back()
    {
        Client.Heartbeat.SendFrame("ping");
        Assert.Equal("ping", Client.Heartbeat.ReceiveFrameString());
    }

    [Fact]
    public void A_connection_that_says_nothing_costs_nothing_and_half_a_handshake_one_line()
    {
        foreach (var port in Ports)
        {
            Say(port, []);
            Say(port, [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3]);
        }
        Say(Ports[0], "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: somebody with a long name\r\n\r\n"u8.ToArray());
        Assert.Equal("ok", Client.Ask(Client.Shell, "kernel_info_request")["status"]);
        Assert.True(SpinWait.SpinUntil(() => kernel.Log.Count == 6, Patience.Event), string.Join('\n', kernel.Log));
        Assert.Equal(5,
            kernel.Log.Count(l =>
            l.EndsWith("a connection was closed: it hung up or fell silent before it had introduced itself")));
        Assert.Contains("shell: a connection was closed: it does not speak ZMTP 3 without encryption", kernel.Log);
    }

    [Fact]
    public void A_socket_of_the_wrong_kind_is_refused()
    {
        using var wrong = new SubscriberSocket();
        wrong.Options.Linger = TimeSpan.Zero;
        wrong.Connect($"tcp://127.0.0.1:{kernel.File.ShellPort}");
        Assert.True(SpinWait.SpinUntil(() =>
            kernel.Log.Contains("shell: a connection was closed: it is not a DEALER or REQ or ROUTER socket"),
            Patience.Event));
    }

    [Fact]
    public void A_client_that_vanishes_and_comes_back_is_answered_also_under_the_same_name()
    {
        var slow = new ManualResetEventSlim();
        var words = new StandIn { Cells = { ["slow"] = (_, _) => { slow.Wait(); return StandIn.Value("done"); } } };
        using var patient = new RunningKernel(words);
        var first = new KernelClient(patient.File, "me").Ready();
        var id = first.Start("slow");
        first.Until(p => p.Type == "execute_input");
        first.Dispose();
        using var second = new KernelClient(patient.File, "me");
        while (second.Send(second.Control, "kernel_info_request") is var info)
        {
            second.Receive(second.Control);
            if (KernelClient.Hears(second.IoPub, TimeSpan.FromMilliseconds(500))) break;
        }
        second.Send(second.Shell, "kernel_info_request");
        slow.Set();
        var reply = second.Receive(second.Shell);
        Assert.Equal((id, "execute_reply"), (reply.Parent, reply.Type));
        Assert.Equal("kernel_info_reply", second.Receive(second.Shell).Type);
    }

    private int[] Ports => [kernel.File.ShellPort, kernel.File.ControlPort, kernel.File.StdinPort,
        kernel.File.IoPubPort, kernel.File.HeartbeatPort];

    private static void Say(int port, byte[] words)
    {
        using var socket = new TcpClient("127.0.0.1", port);
        var stream = socket.GetStream();
        stream.Write(words);
        socket.Client.Shutdown(SocketShutdown.Send);
        while (stream.ReadByte() >= 0) { }   // until the kernel hangs up
    }
}
