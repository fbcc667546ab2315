using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Jupyter;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>A language of a few words, for tests of the protocol alone: a cell is the name of one of them.</summary>
internal sealed class StandIn : IInterpreter
{
    public Dictionary<string, Func<IOutput, CancellationToken, CellResult>> Cells { get; } = new()
    {
        ["boo"] = (_, _) => new(null, new CellError("Exception", "boo", ["Exception: boo", "   at cell 1, line 1"])),
        ["endless"] = (_, token) =>
        {
            token.WaitHandle.WaitOne();
            return new(null, new CellError("Interrupted", "The cell was interrupted.", []));
        },
    };

    public List<string> Ran { get; } = [];
    public Func<string, int, Completions> Completes { get; set; } = (_, position) => new(position, position, []);
    public string? Inspected { get; set; }

    /// <summary>What comes before a proposal.</summary>
    public Func<CancellationToken, Task> Thinks { get; set; } = _ => Task.CompletedTask;

    /// <summary>A cell that is no word has itself as its value; one in brackets has none.</summary>
    public Task<CellResult> RunAsync(string code, string cellName, IOutput output, CancellationToken token) =>
        Task.Run(() =>
    {
        lock (Ran) Ran.Add(code);
        return Cells.TryGetValue(code, out var cell) ? cell(output, token) : Value(code.StartsWith('(') ? null : code);
    });

    public static CellResult Value(string? text = null) =>
        new(text is null ? null : new JsonObject { ["text/plain"] = text }, null);

    public async Task<Completions> CompleteAsync(string code, int position, CancellationToken token)
    {
        await Thinks(token);
        return Completes(code, position);
    }

    public Task<string?> InspectAsync(string code, int position, CancellationToken token) => Task.FromResult(Inspected);

    public Completeness IsComplete(string code) => code.EndsWith('}') ? Completeness.Complete : code.Contains('{')
        ? Completeness.Incomplete : Completeness.Invalid;

    public Action Warms { get; init; } = () => { };

    public void Warm() => Warms();
}

/// <summary>A kernel in this process, and a client of it.</summary>
internal sealed class RunningKernel : IDisposable
{
    private readonly LmNotebooks.Kernel.Jupyter.Kernel kernel;
    private readonly Thread thread;

    public RunningKernel(IInterpreter interpreter, string key = "secret")
    {
        (File, kernel) = OnFreePorts(key, interpreter, Log.Enqueue);
        thread = new Thread(() =>
        {
            kernel.Run();
            kernel.Dispose();
        });
        thread.Start();
        Client = new KernelClient(File).Ready();
    }

    /// <summary>A port that was free a moment ago can be taken by another program: then others are tried.</summary>
    private static (ConnectionFile, LmNotebooks.Kernel.Jupyter.Kernel) OnFreePorts(string key,
        IInterpreter interpreter, Action<string> log)
    {
        for (var tries = 10; ; tries--)
        {
            var file = KernelClient.FreePorts(key);
            try { return (file, new(file, interpreter, log)); }
            catch (IOException) when (tries > 1) { }
        }
    }

    public ConnectionFile File { get; }
    public KernelClient Client { get; }
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Whether the kernel ended by itself.</summary>
    public bool Ends() => thread.Join(Patience.Event);

    public void Dispose()
    {
        kernel.Stop();
        Assert.True(Ends());
        Client.Dispose();
    }
}
