using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Jupyter;
using NetMQ;
using NetMQ.Sockets;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>A message from the kernel.</summary>
/// <param name="Route">The frames before the delimiter: the topic, on iopub.</param>
internal sealed record Received(IReadOnlyList<byte[]> Route, JsonNode Header, string ParentText, JsonNode Content)
{
    public string Type => (string)Header["msg_type"]!;

    /// <summary>Null where the parent's id is not a text, as that of a request made of noise.</summary>
    public string? Parent { get; } = IdIn(ParentText);

    private static string? IdIn(string header)
    {
        try { return (string?)JsonNode.Parse(header)!["msg_id"]; }
        catch (InvalidOperationException) { return null; }
    }

    public string? this[string name] => Content[name]?.ToString();
}

internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToText(this JsonNode node) => node.ToJsonString(Relaxed);
}

/// <summary>All that a request led to: its reply, and what was published for it, in order.</summary>
internal sealed record Answer(JsonNode Reply, IReadOnlyList<Received> Published)
{
    public string? this[string name] => Reply[name]?.ToString();
    public IEnumerable<string> Types => Published.Select(p => p.Type);
    public Received Only(string type) => Published.Single(p => p.Type == type);
}

/// <summary>A Jupyter client on NetMQ, which shares nothing with the kernel but the protocol. The benchmarks use it
/// too.</summary>
internal sealed class KernelClient : IDisposable
{
    private readonly byte[] key;
    private readonly List<Received> published = [];

    /// <param name="id">Routing id, the same on all sockets, as VS Code has it; null for none.</param>
    public KernelClient(ConnectionFile file, string? id = "client")
    {
        key = Encoding.UTF8.GetBytes(file.Key);
        foreach (var (socket, port) in new (NetMQSocket, int)[]
                 {
                     (Shell, file.ShellPort), (Control, file.ControlPort), (Stdin, file.StdinPort),
                         (IoPub, file.IoPubPort), (Heartbeat, file.HeartbeatPort),
                 })
        {
            if (id is not null && socket is DealerSocket) socket.Options.Identity = Encoding.UTF8.GetBytes(id);
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.ReceiveHighWatermark = 0;
            socket.Connect($"tcp://127.0.0.1:{port}");
        }
        IoPub.SubscribeToAnyTopic();
    }

    public DealerSocket Shell { get; } = new();
    public DealerSocket Control { get; } = new();
    public DealerSocket Stdin { get; } = new();
    public SubscriberSocket IoPub { get; } = new();
    public RequestSocket Heartbeat { get; } = new();

    /// <summary>Asks who is there until the answer comes on both ways, as clients do: a subscription takes its
    /// time.</summary>
    public KernelClient Ready()
    {
        while (true)
        {
            var id = Send(Shell, "kernel_info_request");
            Receive(Shell);
            while (Hears(IoPub, TimeSpan.FromMilliseconds(500)))
                if (Receive(IoPub) is { Type: "status" } status && status.Parent == id
                    && status["execution_state"] == "idle") return this;
        }
    }

    /// <returns>The message's id.</returns>
    public string Send(NetMQSocket socket, string type, JsonObject? content = null, JsonObject? metadata = null)
    {
        var id = Guid.NewGuid().ToString();
        SendRaw(socket, Header(type, id), (content ?? []).ToJsonString(), metadata: (metadata ?? []).ToJsonString());
        return id;
    }

    public static string Header(string type, string id) =>
        new JsonObject { ["msg_id"] = id, ["msg_type"] = type, ["session"] = "s", ["username"] = "u",
            ["date"] = "2026-01-01T00:00:00Z", ["version"] = "5.3" }.ToJsonString();

    public void SendRaw(NetMQSocket socket, string header, string content, string parent = "{}",
        string? signature = null, string metadata = "{}", params byte[][] route)
    {
        byte[][] parts = [.. new[] { header, parent, metadata, content }.Select(Encoding.UTF8.GetBytes)];
        signature ??= Signature(parts);
        socket.SendMultipartBytes([.. route, "<IDS|MSG>"u8.ToArray(), Encoding.UTF8.GetBytes(signature), .. parts]);
    }

    /// <summary>The next message; fails the test if none comes, or if its signature is wrong.</summary>
    public Received Receive(NetMQSocket socket)
    {
        var frames = new List<byte[]>();
        if (!socket.TryReceiveMultipartBytes(Patience.Event, ref frames!))
            throw new TimeoutException("The kernel sent nothing.");
        var at = frames.FindIndex(f => f.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        var parts = frames.Skip(at + 2).ToList();
        if (Signature(parts) != Encoding.UTF8.GetString(frames[at + 1]))
            throw new InvalidDataException("The kernel signed a message wrongly.");
        return new Received(frames[..at], JsonNode.Parse(parts[0])!, Encoding.UTF8.GetString(parts[1]),
            JsonNode.Parse(parts[3])!);
    }

    public Answer Ask(DealerSocket socket, string type, JsonObject? content = null) =>
        Await(socket, Send(socket, type, content));

    public Answer Execute(string code, JsonObject? more = null) => Ask(Shell, "execute_request", Cell(code, more));

    public string Start(string code, JsonObject? more = null) => Send(Shell, "execute_request", Cell(code, more));

    /// <summary>Everything that the request leads to, until the kernel is idle again.</summary>
    public Answer Await(DealerSocket socket, string id)
    {
        var reply = Receive(socket);
        if (reply.Parent != id) throw new InvalidDataException($"The kernel answered {reply.Parent} and not {id}.");
        return new Answer(reply.Content, Published(id));
    }

    public IReadOnlyList<Received> Published(string id)
    {
        Until(p => p.Parent == id && p is { Type: "status" } && p["execution_state"] == "idle");
        var mine = published.Where(p => p.Parent == id).ToList();
        published.RemoveAll(p => p.Parent == id);
        return mine;
    }

    /// <summary>Receives publications until one is as wanted.</summary>
    public Received Until(Func<Received, bool> wanted)
    {
        if (published.FirstOrDefault(wanted) is { } known) return known;
        do published.Add(Receive(IoPub)); while (!wanted(published[^1]));
        return published[^1];
    }

    public void Dispose()
    {
        foreach (var socket in new NetMQSocket[] { Shell, Control, Stdin, IoPub, Heartbeat }) socket.Dispose();
    }

    public static ConnectionFile FreePorts(string key = "secret")
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToList();
        listeners.ForEach(l => l.Stop());
        return new ConnectionFile("127.0.0.1", "tcp", ports[0], ports[1], ports[2], ports[3], ports[4], key,
            "hmac-sha256");
    }

    /// <summary>As clients write it, with the fields that a kernel needs.</summary>
    public static void Write(ConnectionFile file, string path) => File.WriteAllText(path, new JsonObject
    {
        ["shell_port"] = file.ShellPort, ["control_port"] = file.ControlPort, ["iopub_port"] = file.IoPubPort,
            ["stdin_port"] = file.StdinPort,
        ["hb_port"] = file.HeartbeatPort, ["key"] = file.Key, ["kernel_name"] = "lmnotebooks",
    }.ToJsonString());

    /// <returns>Whether something waits there, or comes within the time.</returns>
    public static bool Hears(NetMQSocket socket, TimeSpan time = default) =>
        socket.Poll(PollEvents.PollIn, time) == PollEvents.PollIn;

    private string Signature(IEnumerable<byte[]> parts) => key.Length == 0 ? ""
        : Convert.ToHexStringLower(HMACSHA256.HashData(key, parts.SelectMany(p => p).ToArray()));

    private static JsonObject Cell(string code, JsonObject? more)
    {
        var content = more ?? [];
        content["code"] = code;
        return content;
    }
}
