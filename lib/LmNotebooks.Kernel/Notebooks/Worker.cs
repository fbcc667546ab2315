using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The child process of a headless run: executes the code cells of one notebook, in its folder, and tells its
/// parent what happens as JSON lines on a pipe of their own, since native libraries print to the standard
/// output.</summary>
public static class Worker
{
    /// <summary>An empty line a second: the first one after the parent's death cannot be written, and the child
    /// ends.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <param name="pipe">Handle of the pipe's writing end, inherited from the parent.</param>
    public static async Task RunAsync(string path, string pipe)
    {
        // the parent's to answer
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var writer = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, pipe)) { AutoFlush = true,
            NewLine = "\n" };
        var gate = new Lock();
        void Write(string line)
        {
            try { lock (gate) writer.WriteLine(line); }
            catch (IOException) { Process.GetCurrentProcess().Kill(); }
        }
        await using var heartbeat = new Timer(_ => Write(""), null, Heartbeat, Heartbeat);

        path = Path.GetFullPath(path);
        var cells = Notebook.Read(path).Cells.Where(c => c.IsCode).ToList();
        var folder = Path.GetDirectoryName(path)!;
        Environment.CurrentDirectory = folder;
        var session = new Session(folder);
        for (var i = 0; i < cells.Count; i++)
        {
            if (!cells[i].Runs) continue;
            if (!await RunCellAsync(session, cells[i], i + 1, cells.Count, e => Write(e.ToLine()))) break;
        }
        Write(new RunEnded().ToLine());
    }

    /// <returns>Whether the next cell may run.</returns>
    private static async Task<bool> RunCellAsync(Session session, Cell cell, int number, int cells,
        Action<NotebookEvent> send)
    {
        send(new CellStarted(number, cells));
        var clock = Stopwatch.StartNew();
        var code = CellLanguage.Marked(cell.Source, cell.Json["metadata"]);
        var result = await session.RunAsync(code, $"cell {number}", new Sender(number, send), CancellationToken.None);
        if (result.Data is not null) send(new CellEmitted(number, Output.Result(result.Data, number), null));
        if (result.Error is not null) send(new CellEmitted(number, Output.Error(result.Error), null));
        var error = cell.Tags.Contains("raises-exception") ? null : result.Error?.ToString();
        send(new CellEnded(number, clock.Elapsed.TotalSeconds, error));
        return error is null;
    }

    /// <summary>Sends what a cell emits. Of the progress of a training run it passes four events a second, and the last
    /// one.</summary>
    private sealed class Sender(int cell, Action<NotebookEvent> send) : IOutput, IProgress<TrainingProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
        private readonly Dictionary<string, long> lastSent = [];

        public IProgress<TrainingProgress> Progress => this;

        public void Stream(string name, string text) => send(new CellEmitted(cell, Output.Stream(name, text), null));

        public void Display(JsonObject data, string displayId) =>
            send(new CellEmitted(cell, Output.Display(data), displayId));

        public void Update(JsonObject data, string displayId) => send(new DisplayUpdated(displayId, data));

        public void Clear(bool wait) => send(new CellCleared(cell, wait));

        public string ReadLine(string prompt, bool password, CancellationToken token) =>
            throw new InvalidOperationException("A notebook that is executed without an editor cannot ask for input: "
                + "run it in VS Code or Jupyter.");

        public void Report(TrainingProgress value)
        {
            lock (lastSent)
            {
                var tooSoon = lastSent.TryGetValue(value.Run, out var last) && Stopwatch.GetElapsedTime(last) < Pause;
                if (tooSoon && value.Step < value.Steps) return;
                lastSent[value.Run] = Stopwatch.GetTimestamp();
            }
            send(new CellTrained(cell, value));
        }
    }
}
