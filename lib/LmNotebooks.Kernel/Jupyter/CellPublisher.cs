using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;
using LmNotebooks.Training;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>Publishes what a cell emits as belonging to the request that ran it, also what its background tasks emit
/// later.</summary>
internal sealed class CellPublisher(Channels channels, Request request) : IOutput, IProgress<TrainingProgress>
{
    private readonly bool silent = request.Flag("silent", false), mayAsk = request.Flag("allow_stdin", true);

    /// <summary>Nothing is drawn outside of the cell.</summary>
    public IProgress<TrainingProgress> Progress => this;

    public void Report(TrainingProgress value) { }

    public void Stream(string name, string text) => Publish("stream", new() { ["name"] = name, ["text"] = text });

    public void Display(JsonObject data, string displayId) => Publish("display_data", Displayed(data, displayId));

    public void Update(JsonObject data, string displayId) => Publish("update_display_data", Displayed(data, displayId));

    public void Clear(bool wait) => Publish("clear_output", new() { ["wait"] = wait });

    public void Input(string code, int count) =>
        Publish("execute_input", new() { ["code"] = code, ["execution_count"] = count });

    public void Result(JsonObject data, int count) =>
        Publish("execute_result", new() { ["execution_count"] = count, ["data"] = data,
            ["metadata"] = new JsonObject() });

    public void Error(CellError error) => Publish("error", Reply.Error(error));

    public string ReadLine(string prompt, bool password, CancellationToken token) => mayAsk
        ? channels.Ask(request, prompt, password, token)
        : throw new InvalidOperationException("This cell was run where nobody can be asked for input: run it in VS "
            + "Code or Jupyter.");

    private static JsonObject Displayed(JsonObject data, string displayId) =>
        new() { ["data"] = data, ["metadata"] = new JsonObject(),
            ["transient"] = new JsonObject { ["display_id"] = displayId } };

    private void Publish(string type, JsonObject content)
    {
        if (!silent) channels.Publish(type, request.Header, content);
    }
}

/// <summary>Contents of replies.</summary>
internal static class Reply
{
    public static JsonObject Ok => new() { ["status"] = "ok" };

    public static JsonObject Failed(string name, string message) =>
        Failed(new CellError(name, message, [$"{name}: {message}"]));

    public static JsonObject Failed(CellError error) => Error(error).With("status", "error");

    /// <summary>An error as it is published: without the status of a reply.</summary>
    public static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name, ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };

    public static JsonObject With(this JsonObject content, string name, JsonNode? value)
    {
        content[name] = value;
        return content;
    }
}
