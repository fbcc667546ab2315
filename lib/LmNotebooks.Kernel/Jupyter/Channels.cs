using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>The five sockets of a kernel, and the messages on them.</summary>
internal sealed class Channels : IDisposable
{
    private readonly MessageFormat format;
    private readonly RouterSocket shell, control, stdin;
    private readonly PublisherSocket iopub;
    private readonly EchoSocket heartbeat;
    private readonly SemaphoreSlim asking = new(1);
    private volatile Question? question;

    /// <param name="onShell">Called for each request, on the thread of the client that sent it, as is
    /// <paramref name="onControl"/>.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public Channels(ConnectionFile file, Action<Request> onShell, Action<Request> onControl, Action<string> log)
    {
        format = new MessageFormat(file.Key);
        IPEndPoint At(int port) => new(file.Address, port);
        RouterSocket Router(string name, int port, Action<Request> handle)
        {
            RouterSocket? router = null;
            return router = new RouterSocket(name, At(port), frames =>
            {
                Request request;
                try { request = format.Decode(router!, frames); }
                catch (InvalidDataException e)
                {
                    log($"{name}: a message was ignored: {e.Message}");
                    return;
                }
                handle(request);
            }, log);
        }
        iopub = new PublisherSocket("iopub", At(file.IoPubPort), log);
        heartbeat = new EchoSocket("heartbeat", At(file.HeartbeatPort), log);
        stdin = Router("stdin", file.StdinPort, Answered);
        control = Router("control", file.ControlPort, onControl);
        shell = Router("shell", file.ShellPort, onShell);
    }

    public void Start()
    {
        foreach (var socket in All) socket.Start();
    }

    private ListeningSocket[] All => [iopub, heartbeat, stdin, control, shell];

    public void Reply(Request request, string type, JsonObject content) =>
        request.Channel.Send(format.Encode(request.Route, type, request.Header, content, out _));

    /// <summary>To all clients.</summary>
    /// <param name="parent">Header of the request that this belongs to.</param>
    public void Publish(string type, byte[] parent, JsonObject content) =>
        iopub.Send(format.Encode([Encoding.UTF8.GetBytes(type)], type, parent, content, out _));

    /// <summary>Asks the client that sent a request for a line of text, and waits for it. One question at a
    /// time.</summary>
    /// <exception cref="InvalidOperationException">The client does not listen.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public string Ask(Request request, string prompt, bool password, CancellationToken token)
    {
        asking.Wait(token);
        try
        {
            var frames = format.Encode(request.Route, "input_request", request.Header,
                new() { ["prompt"] = prompt, ["password"] = password }, out var id);
            var asked = new Question(id);
            question = asked;
            if (!stdin.Send(frames))
                throw new InvalidOperationException("The notebook of this cell is not connected any more, so nobody "
                    + "can be asked: run the cell again.");
            asked.Answered.Wait(token);
            return asked.Value!;
        }
        finally
        {
            question = null;
            asking.Release();
        }
    }

    /// <summary>Not every client says which question it answers. One that does must not answer an earlier
    /// one.</summary>
    private void Answered(Request reply)
    {
        if (reply.Type != "input_reply" || question is not { } asked || (reply.ParentId ?? asked.Id) != asked.Id)
            return;
        try { asked.Value = reply.Text("value"); }
        catch (InvalidDataException) { return; }
        asked.Answered.Set();
    }

    public void Dispose()
    {
        foreach (var socket in All) socket.Dispose();
    }

    private sealed record Question(string Id)
    {
        public string? Value { get; set; }
        public ManualResetEventSlim Answered { get; } = new();
    }
}
