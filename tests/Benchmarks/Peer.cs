using System.Diagnostics;
using System.Text.Json;

namespace LmNotebooks.Benchmarks;

/// <summary>PyTorch in a process of its own, since its libtorch and ours cannot share one. It reads a line of JSON and
/// answers with one.</summary>
internal sealed class Peer : IDisposable
{
    public const string Install = "apt-get install python3-torch libopenblas0-pthread";
    private const string Python = "/usr/bin/python3";   // Debian's, whichever is first on the path

    private readonly Process process;

    private Peer(Process process) => this.process = process;

    /// <returns>Null where PyTorch is not installed.</returns>
    public static Peer? TryStart()
    {
        if (!File.Exists(Python)) return null;
        var start = new ProcessStartInfo(Python,
            [Path.Combine(AppContext.BaseDirectory, "peer.py")]) { RedirectStandardInput = true,
            RedirectStandardOutput = true };
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment.Remove("OPENBLAS_CORETYPE");   // both make it slower than it is
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        var peer = new Peer(Process.Start(start)!);
        if (peer.process.StandardOutput.ReadLine() == "ready") return peer;
        peer.Dispose();
        return null;
    }

    /// <summary>Builds what a request needs.</summary>
    public void Prepare(object request) => Ask(JsonSerializer.Serialize(request));

    /// <summary>Does the prepared work once.</summary>
    public Work Work()
    {
        var answer = JsonDocument.Parse(Ask("{}")).RootElement;
        double Number(string name) => answer.GetProperty(name).GetDouble();
        return new Work(Number("amount"), Number("seconds"), Number("processor"));
    }

    public void Dispose()
    {
        process.StandardInput.Close();   // the end of its input ends it
        process.WaitForExit();
        process.Dispose();
    }

    private string Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        return process.StandardOutput.ReadLine() ?? throw new IOException("PyTorch ended early: its error is above.");
    }
}
