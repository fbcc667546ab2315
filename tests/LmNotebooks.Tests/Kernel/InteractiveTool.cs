using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LmNotebooks.Tests.Kernel;

/// <summary>The official .NET Interactive tool, driven over its standard input and output: a line of JSON for each
/// command and each event.</summary>
internal sealed class InteractiveTool : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);   // generous: machines are shared

    private readonly Process process;
    private int commands;

    private InteractiveTool(Process process) => this.process = process;

    /// <summary>Starts it in a folder and waits until it is ready; ends the test where it is not installed.</summary>
    public static async Task<InteractiveTool> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(Clients.Find("dotnet-interactive"), ["stdio", "--working-dir", folder])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        // else its first start on a machine begins with a welcome that is no JSON
        start.Environment["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        start.Environment["LM_SCALE"] = "Ci";
        var tool = new InteractiveTool(Process.Start(start)!);
        try
        {
            while ((string?)(await tool.ReadAsync())["eventType"] != "KernelReady") { }
            return tool;
        }
        catch
        {
            tool.Dispose();     // else it would keep a core busy for ever
            throw;
        }
    }

    /// <summary>Runs a cell to its end.</summary>
    /// <returns>What it caused, the last being <c>CommandSucceeded</c> or <c>CommandFailed</c>.</returns>
    public async Task<IReadOnlyList<Event>> RunAsync(string code)
    {
        var (token, events) = ($"cell-{++commands}", new List<Event>());
        var command = new JsonObject
        {
            ["commandType"] = "SubmitCode", ["token"] = token,
            ["command"] = new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" },
        };
        await process.StandardInput.WriteLineAsync(command.ToJsonString());
        while (true)
        {
            var line = await ReadAsync();
            var happened = new Event((string)line["eventType"]!, line["event"]!);
            events.Add(happened);
            var isLast = happened.Kind is "CommandSucceeded" or "CommandFailed";
            if (isLast && (string?)line["command"]?["token"] == token) return events;
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task<JsonNode> ReadAsync()
    {
        var (line, token) = ("", TestContext.Current.CancellationToken);
        while (line == "") line = await process.StandardOutput.ReadLineAsync(token).AsTask().WaitAsync(Patience, token);
        return JsonNode.Parse(line ?? throw new EndOfStreamException("dotnet-interactive ended."))!;
    }

    internal sealed record Event(string Kind, JsonNode Content)
    {
        /// <summary>The mime types that it shows, with their values; empty where it shows nothing.</summary>
        public IReadOnlyDictionary<string, string> Shown { get; } = (Content["formattedValues"] as JsonArray ?? [])
            .ToDictionary(f => (string)f!["mimeType"]!, f => (string)f!["value"]!);

        /// <summary>Names the display that it makes or updates.</summary>
        public string? Id => (string?)Content["valueId"];
    }
}
