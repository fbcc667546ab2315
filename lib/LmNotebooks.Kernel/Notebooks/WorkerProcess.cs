using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;
using System.Threading.Channels;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>A running <see cref="Worker"/>, seen from its parent: a stream of events, and a process that can be
/// ended.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 50;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    /// <summary>Starting is serial: a second child started between the making of a pipe and the closing of our copy of
    /// its writing end would inherit that end and keep the pipe open.</summary>
    private static readonly Lock Starting = new();

    private readonly Process process;
    private readonly AnonymousPipeServerStream pipe;
    private readonly Channel<NotebookEvent> events = Channel.CreateUnbounded<NotebookEvent>();
    private readonly Queue<string> errorLines = new();
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task pump = Task.CompletedTask;

    private WorkerProcess(Process process, AnonymousPipeServerStream pipe) =>
        (this.process, this.pipe) = (process, pipe);

    /// <summary>Ends when the process ends.</summary>
    public ChannelReader<NotebookEvent> Events => events.Reader;

    public static WorkerProcess Start(string notebook, string? scale)
    {
        lock (Starting)
        {
            var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var start = new ProcessStartInfo(DotNet.Path,
                [typeof(WorkerProcess).Assembly.Location, "worker", notebook, "--events",
                pipe.GetClientHandleAsString()])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                    UseShellExecute = false,
            };
            if (scale is not null) start.Environment["LM_SCALE"] = scale;
            var worker = new WorkerProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, pipe);
            worker.process.Exited += (_, _) => worker.exited.TrySetResult();
            worker.process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
            worker.process.Start();
            pipe.DisposeLocalCopyOfClientHandle();
            worker.process.StandardInput.Close();
            worker.process.BeginOutputReadLine();
            worker.process.BeginErrorReadLine();
            worker.pump = worker.PumpAsync();
            return worker;
        }
    }

    /// <summary>Why the process ended by itself, for a sentence: its exit code and the last words on its standard
    /// error.</summary>
    public async Task<string> LastWordsAsync()
    {
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Drain)); // until the end of its standard error
        lock (errorLines)
        {
            var words = errorLines.Where(l => !l.StartsWith("   at ", StringComparison.Ordinal)
                && !l.StartsWith("---", StringComparison.Ordinal)).TakeLast(2);
            return $"exit code {process.ExitCode}{string.Concat(words.Select(w => $"; {w.Trim()}"))}";
        }
    }

    /// <summary>Kills the process and all that it started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await pump;
        process.Dispose();
    }

    private async Task PumpAsync()
    {
        var reading = Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning);
        await exited.Task;
        await Task.WhenAny(reading, Task.Delay(Drain)); // a process that a cell left behind may hold the pipe open
        events.Writer.TryComplete();
    }

    private void Read()
    {
        using var reader = new StreamReader(pipe);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue; // heartbeat
            try { events.Writer.TryWrite(NotebookEvent.Parse(line)); }
            catch (JsonException) { return; } // the last line of a process that was killed
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (errorLines)
        {
            errorLines.Enqueue(line);
            if (errorLines.Count > KeptErrorLines) errorLines.Dequeue();
        }
    }
}
