using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Jupyter;
using LmNotebooks.Tests.Jupyter;

namespace LmNotebooks.Benchmarks;

/// <summary>A kernel as a client starts it, in a process of its own. All times are in milliseconds, from a request to
/// its reply.</summary>
internal sealed class KernelProcess : IDisposable
{
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(2), Quiet = TimeSpan.FromSeconds(0.5),
        Little = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lm-kernel-");
    private readonly Process process;
    private readonly KernelClient client;

    /// <summary>Starts it, and waits until it has answered.</summary>
    public KernelProcess()
    {
        var (file, path) = (KernelClient.FreePorts(), Path.Combine(folder.FullName, "connection.json"));
        KernelClient.Write(file, path);
        var clock = Stopwatch.StartNew();
        string[] arguments = [typeof(ConnectionFile).Assembly.Location, "kernel", path];
        process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder.FullName })!;
        AwaitPort(file.ShellPort);
        client = new KernelClient(file);
        client.Send(client.Shell, "kernel_info_request");
        client.Receive(client.Shell);
        ReadyAfter = clock.Elapsed.TotalMilliseconds;
        Megabytes = Resident();
        client.Ready();
    }

    /// <summary>From the start of the process to the first answer.</summary>
    public double ReadyAfter { get; }

    /// <summary>What the process held when it had answered.</summary>
    public double Megabytes { get; }

    /// <summary>What the process holds now, in MB.</summary>
    public double Resident()
    {
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }

    public double Cell(string code) => Time("execute_request", new() { ["code"] = code });

    /// <summary>A completion at the end of the text.</summary>
    public double Completion(string code) =>
        Time("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length });

    /// <summary>From the request on control until the cell, which ran, has ended.</summary>
    public double Interrupt(string endless)
    {
        var cell = client.Start($"Console.WriteLine(\"running\");\n{endless}");
        client.Until(p => p.Parent == cell && p.Type == "stream");
        var clock = Stopwatch.StartNew();
        var interrupt = client.Send(client.Control, "interrupt_request");
        var reply = client.Receive(client.Shell);
        var time = clock.Elapsed.TotalMilliseconds;
        if (reply["status"] != "error")
            throw new InvalidOperationException($"'{endless}' was not interrupted, but ended.");
        client.Receive(client.Control);
        client.Published(interrupt);
        client.Published(cell);
        return time;
    }

    /// <summary>Waits until the process has hardly computed for half a second: what it prepares in the background is
    /// ready.</summary>
    public void AwaitIdle()
    {
        for (var before = TimeSpan.Zero; ;)
        {
            process.Refresh();
            var spent = process.TotalProcessorTime;
            if (spent - before < Little) return;
            before = spent;
            Thread.Sleep(Quiet);
        }
    }

    public void Dispose()
    {
        client.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private double Time(string type, JsonObject content)
    {
        var clock = Stopwatch.StartNew();
        var id = client.Send(client.Shell, type, content);
        var reply = client.Receive(client.Shell);
        var time = clock.Elapsed.TotalMilliseconds;
        if (reply["status"] != "ok")
            throw new InvalidOperationException($"The kernel could not do this: {reply.Content}");
        client.Published(id);
        return time;
    }

    /// <summary>As VS Code does: a ZeroMQ socket that finds nobody waits before it tries again, and that is not the
    /// kernel's time.</summary>
    private void AwaitPort(int port)
    {
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                probe.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!process.HasExited) { Thread.Sleep(Probe); }
        }
    }
}
