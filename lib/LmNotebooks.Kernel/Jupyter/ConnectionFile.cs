namespace LmNotebooks.Kernel.Jupyter;

/// <summary>The file by which a Jupyter client tells a kernel where to listen and how to sign.</summary>
/// <param name="Key">Key of the signatures; empty for none.</param>
public sealed record ConnectionFile(string Ip, string Transport, int ShellPort, int ControlPort, int IoPubPort, int StdinPort, int HeartbeatPort, string Key, string SignatureScheme);
