using System.Diagnostics;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>Runs cells, one at a time.</summary>
internal sealed class Execution(IInterpreter interpreter, Channels channels, History history)
{
    private int count;
    private long abortedBefore;
    private volatile CancellationTokenSource? running;

    /// <summary>Cancels the cell that runs; without one it does nothing. Returns at once: what a cell does when it is
    /// cancelled is its own affair.</summary>
    public void Interrupt()
    {
        if (running is not { } cell) return;
        Background.Run("interrupt", () =>
        {
            try { cell.Cancel(); }
            catch (AggregateException) { } // thrown by the code of cells
        });
    }

    public JsonObject Execute(Request request)
    {
        if (request.Received < abortedBefore)
            return new JsonObject { ["status"] = "aborted", ["execution_count"] = count };
        try
        {
            var code = request.Text("code");
            var output = new CellPublisher(channels, request);
            var stopOnError = request.Flag("stop_on_error", true);
            var isBlank = string.IsNullOrWhiteSpace(code);
            var counts = !isBlank && !request.Flag("silent", false) && request.Flag("store_history", true);
            if (counts) count++;
            output.Input(code, count);
            running = new CancellationTokenSource();
            var result = isBlank ? new CellResult(null, null)
                : Run(CellLanguage.Marked(code, request.Metadata), output);
            if (counts) history.Add(count, code, (string?)result.Data?["text/plain"]);
            if (result.Error is { } error)
            {
                output.Error(error);
                if (stopOnError) abortedBefore = Stopwatch.GetTimestamp();
                return Reply.Failed(error).With("execution_count", count);
            }
            if (result.Data is { } data) output.Result(data, count);
            var values = new JsonObject();
            foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
                values[name] = Evaluate(expression, output);
            return Reply.Ok.With("execution_count", count).With("payload", new JsonArray())
                .With("user_expressions", values);
        }
        catch (InvalidDataException e)
        {
            return Reply.Failed("BadRequest", e.Message).With("execution_count", count);
        }
        finally
        {
            running = null;
        }
    }

    private JsonObject Evaluate(JsonNode? expression, CellPublisher output)
    {
        if (expression is not JsonValue value || !value.TryGetValue<string>(out var code))
            return Reply.Failed("BadRequest", "The expression is not a text.");
        var result = Run(code, output);
        return result.Error is { } error ? Reply.Failed(error) : Reply.Ok.With("data", result.Data ?? [])
            .With("metadata", new JsonObject());
    }

    private CellResult Run(string code, CellPublisher output) =>
        interpreter.RunAsync(code, $"cell {count}", output, running!.Token).GetAwaiter().GetResult();
}
