using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LmNotebooks.Records;

/// <summary>One run, one JSONL file: a header line, event lines, a result line. Every line is written whole and
/// flushed, so a run that is killed leaves what it had measured.</summary>
internal sealed class RunFile : IDisposable
{
    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly FileStream stream;
    private readonly string path;

    private RunFile(string path, FileStream stream) => (this.path, this.stream) = (path, stream);

    /// <summary>Starts the file of a run; an older one of that name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written; one sentence that names it.</exception>
    public static RunFile Create(string path, RunHeader header)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            var file = new RunFile(path, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read,
                bufferSize: 0));
            file.Append("header", header);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Failed(path, e); }
    }

    public void Append(RunEvent e) => Append("event", e);
    public void Append(RunResult result) => Append("result", result);
    public void Dispose() => stream.Dispose();

    /// <summary>Reads a run. A last line that was torn off is dropped, with a warning in the record.</summary>
    /// <exception cref="InvalidDataException">The run never began, or a line other than the last is broken; one
    /// sentence.</exception>
    public static RunRecord Read(string path) => TryRead(path)
        ?? throw new InvalidDataException(
            $"{path} has no whole header, so its run never began: delete the file and run again.");

    /// <summary>Reads the record of a run; null for one that never began: a file without a whole header, which a power
    /// cut or a synchronised folder leaves.</summary>
    /// <exception cref="InvalidDataException">A line other than the last is broken; one sentence.</exception>
    public static RunRecord? TryRead(string path)
    {
        var lines = File.ReadAllText(path).Split('\n');
        var (events, warnings) = (new List<RunEvent>(), new List<string>());
        RunHeader? header = null;
        RunResult? result = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            try
            {
                if (i == lines.Length - 1) throw new JsonException("no end of line");
                var line = JsonNode.Parse(lines[i])!.AsObject();
                switch ((string?)line["kind"])
                {
                    case "header": header = line["data"].Deserialize<RunHeader>(Format); break;
                    case "event": events.Add(line["data"].Deserialize<RunEvent>(Format)!); break;
                    case "result": result = line["data"].Deserialize<RunResult>(Format); break;
                    default: throw new JsonException("unknown kind of line");
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                if (i != lines.Length - 1)
                    throw new InvalidDataException($"{path}, line {i + 1} is not a line of a run record: delete the "
                    + "file and run again.");
                warnings.Add($"{path}: the last line was torn off and is dropped.");
            }
        }
        return header is null ? null : new RunRecord(header, events, result, warnings);
    }

    private void Append<T>(string kind, T data)
    {
        var line = JsonSerializer.Serialize(new { kind, data }, Format) + "\n";
        try { stream.Write(Encoding.UTF8.GetBytes(line)); stream.Flush(); }
        catch (IOException e) { throw Failed(path, e); }
    }

    private static IOException Failed(string path, Exception e) =>
        new($"The run record {path} cannot be written: {e.Message.TrimEnd('.')}. Free some space or choose another "
        + "folder.", e);
}
