using System.Net;
using System.Text.Json;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>The file by which a Jupyter client tells a kernel where to listen and how to sign.</summary>
/// <param name="Key">Key of the signatures; empty for none.</param>
public sealed record ConnectionFile(
    string Ip, string Transport, int ShellPort, int ControlPort, int IoPubPort, int StdinPort, int HeartbeatPort,
        string Key, string SignatureScheme)
{
    /// <summary>Reads and checks it. Without an address the kernel listens on this machine only.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a connection file that this kernel can serve; one
    /// sentence.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException($"{path} is not a connection file: it is not a JSON object.");

            string Text(string name, string? missing = null) => !root.TryGetProperty(name, out var value)
                ? missing ?? throw Wrong(name, "is missing")
                : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "is not a text");
            int Port(string name) => root.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var port) && port is > 0 and < 65536
                ? port : throw Wrong(name, "is not a port from 1 to 65535");
            InvalidDataException Wrong(string name, string what) =>
                new($"{path} is not a connection file: '{name}' {what}.");

            var file = new ConnectionFile(Text("ip", "127.0.0.1"), Text("transport", "tcp"), Port("shell_port"),
                Port("control_port"), Port("iopub_port"),
                Port("stdin_port"), Port("hb_port"), Text("key"), Text("signature_scheme", Signature.Scheme));
            if (file.Transport != "tcp")
                throw Wrong("transport", $"is '{file.Transport}', and this kernel speaks only tcp");
            if (file.SignatureScheme != Signature.Scheme)
                throw Wrong("signature_scheme",
                    $"is '{file.SignatureScheme}', and this kernel signs only with {Signature.Scheme}");
            if (!IPAddress.TryParse(file.Ip, out _))
                throw Wrong("ip", $"is '{file.Ip}', and not an address such as 127.0.0.1");
            return file;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a connection file: it is not valid JSON.");
        }
    }

    internal IPAddress Address => IPAddress.Parse(Ip);
}
