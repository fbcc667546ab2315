using System.Diagnostics;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>Runs cells, one at a time.</summary>
internal sealed class Execution(Func<Session> session, Channels channels, History history)
{
    private int count;
    private long abortedBefore;
    private volatile CancellationTokenSource? running;

    /// <summary>Cancels the cell that runs; without one it does nothing. Returns at once: what a cell does when it is cancelled is its own affair.</summary>
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
        if (request.Received < abortedBefore) return new JsonObject { ["status"] = "aborted", ["execution_count"] = count };
        string code;
        JsonObject? expressions;
        CellPublisher output;
        bool stopOnError;
        try
        {
            code = request.Text("code");
            expressions = request.Content["user_expressions"] as JsonObject;
            output = new CellPublisher(channels, request);
            stopOnError = request.Flag("stop_on_error", true);
            if (!string.IsNullOrWhiteSpace(code) && !request.Flag("silent", false) && request.Flag("store_history", true)) count++;
        }
        catch (InvalidDataException e)
        {
            return Reply.Error("BadRequest", e.Message).With("execution_count", count);
        }

        output.Input(code, count);
        var result = new CellResult(null, null);
        running = new CancellationTokenSource();
        try
        {
            if (!string.IsNullOrWhiteSpace(code)) result = Run(code, output);
            if (result.Error is { } error)
            {
                output.Error(error);
                if (stopOnError) abortedBefore = Stopwatch.GetTimestamp();
                return Reply.Of(error).With("status", "error").With("execution_count", count);
            }
            return Finish(expressions);
        }
        finally
        {
            running = null;
        }

        JsonObject Finish(JsonObject? expressions)
        {
            history.Add(count, code, (string?)result.Data?["text/plain"]);
            if (result.Data is not null) output.Result(result.Data, count);
            var values = new JsonObject();
            foreach (var (name, expression) in expressions ?? []) values[name] = Evaluate(expression, output);
            return new JsonObject { ["status"] = "ok", ["execution_count"] = count, ["payload"] = new JsonArray(), ["user_expressions"] = values };
        }
    }

    private JsonObject Evaluate(JsonNode? expression, CellPublisher output)
    {
        if (expression is not JsonValue value || !value.TryGetValue<string>(out var code)) return Reply.Error("BadRequest", "The expression is not a text.");
        var result = Run(code, output);
        return result.Error is { } error
            ? Reply.Of(error).With("status", "error")
            : new JsonObject { ["status"] = "ok", ["data"] = result.Data ?? [], ["metadata"] = new JsonObject() };
    }

    private CellResult Run(string code, CellPublisher output) => session().RunAsync(code, $"cell {count}", output, running!.Token).GetAwaiter().GetResult();
}
