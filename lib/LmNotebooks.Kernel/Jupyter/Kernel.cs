using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>A kernel of the Jupyter messaging protocol 5.3 (jupyter-client.readthedocs.io/en/stable/messaging.html):
/// answers on the shell one after another, and on control at once, also while a cell runs.</summary>
public sealed class Kernel : IDisposable
{
    private const string Asks = "_request", Executes = "execute_request", Ends = "shutdown_request";
    private const int LongestLog = 300;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Action<string> log;
    private readonly Channels channels;
    private readonly IInterpreter interpreter;
    private readonly Execution execution;
    private readonly EditorQuestions questions;
    private readonly Dictionary<string, Func<Request, JsonObject?>> onShell, onControl;
    private readonly BlockingCollection<Request> queue = [];
    private readonly CancellationTokenSource stop = new();
    private int warmed;

    /// <param name="log">Takes lines for whoever looks after the kernel; called from any thread.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public Kernel(ConnectionFile file, IInterpreter interpreter, Action<string> log)
    {
        this.log = line => log(line[..Math.Min(line.Length, LongestLog)].ReplaceLineEndings(" "));
        this.interpreter = interpreter;
        channels = new Channels(file, Enqueue, r => Handle(r, onControl!), this.log);
        var history = new History();
        execution = new Execution(interpreter, channels, history);
        questions = new EditorQuestions(interpreter, () => queue.Any(r => r.Type == Executes));
        onControl = new()
        {
            ["kernel_info_request"] = Introduce,
            [Ends] = r => Reply.Ok.With("restart", r.Flag("restart", false)),
            ["interrupt_request"] = _ => Interrupted(),
            ["debug_request"] = _ => Reply.Failed("NotSupported", "This kernel has no debugger.")
                .With("success", false),
        };
        onShell = new()
        {
            ["kernel_info_request"] = Introduce,
            [Ends] = onControl[Ends],
            [Executes] = execution.Execute,
            ["complete_request"] = questions.Complete,
            ["inspect_request"] = questions.Inspect,
            ["is_complete_request"] = questions.IsComplete,
            ["history_request"] = history.Answer,
            ["comm_info_request"] = _ => Reply.Ok.With("comms", new JsonObject()),
            ["comm_open"] = Refuse,
            ["comm_msg"] = _ => null,
            ["comm_close"] = _ => null,
        };
    }

    /// <summary>Serves until <see cref="Stop"/> or a client's shutdown. A cell that still runs then is interrupted, and
    /// left behind if it does not end soon.</summary>
    public void Run()
    {
        channels.Start();
        var shell = Background.Run("shell requests", Serve);
        stop.Token.WaitHandle.WaitOne();
        execution.Interrupt();
        shell.Join(Grace);
    }

    /// <summary>Cancels the cell that runs; without one it does nothing.</summary>
    public void Interrupt() => execution.Interrupt();

    public void Stop() => stop.Cancel();

    public void Dispose() => channels.Dispose();

    private void Enqueue(Request request)
    {
        queue.Add(request);
        if (request.Type == Executes) questions.GiveWay();
    }

    private void Serve()
    {
        try
        {
            foreach (var request in queue.GetConsumingEnumerable(stop.Token)) Handle(request, onShell);
        }
        catch (OperationCanceledException) { }
    }

    private void Handle(Request request, Dictionary<string, Func<Request, JsonObject?>> handlers)
    {
        if (!handlers.TryGetValue(request.Type, out var handler))
        {
            log($"A message of the unknown type '{request.Type}' was ignored.");
            return;
        }
        channels.Publish("status", request.Header, new() { ["execution_state"] = "busy" });
        JsonObject? content;
        try { content = handler(request); }
        catch (Exception e)
        {
            content = e is InvalidDataException ? Reply.Failed("BadRequest", e.Message)
                : Reply.Failed(e.GetType().Name, e.Message);
        }
        if (content is not null && request.Type.EndsWith(Asks, StringComparison.Ordinal))
            channels.Reply(request, request.Type[..^Asks.Length] + "_reply", content);
        channels.Publish("status", request.Header, new() { ["execution_state"] = "idle" });
        if (request.Type == Ends && (string?)content?["status"] == "ok") Stop();
        if (Interlocked.Exchange(ref warmed, 1) == 0) Background.Run("warm-up", Warm);
    }

    /// <summary>What fails here fails again where somebody asks for it, and is told there.</summary>
    private void Warm()
    {
        try { interpreter.Warm(); }
        catch (Exception e) { log($"The preparation for the first cell failed: {e.Message}"); }
    }

    private static JsonObject Introduce(Request request) => new()
    {
        ["status"] = "ok", ["protocol_version"] = MessageFormat.ProtocolVersion, ["implementation"] = "lmnotebooks",
        ["implementation_version"] = typeof(Kernel).Assembly.GetName().Version!.ToString(3),
            ["language_info"] = KernelInfo.LanguageInfo,
        ["banner"] = "LmNotebooks: C# on .NET " + Environment.Version, ["debugger"] = false,
            ["help_links"] = new JsonArray(),
    };

    private JsonObject Interrupted()
    {
        Interrupt();
        return Reply.Ok;
    }

    /// <summary>A comm of which nobody here knows is closed at once.</summary>
    private JsonObject? Refuse(Request request)
    {
        channels.Publish("comm_close", request.Header,
            new() { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() });
        return null;
    }
}
