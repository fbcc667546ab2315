using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>What an editor asks about code that has not run. A cell that comes meanwhile does not wait: the answer is
/// that nothing is known.</summary>
/// <param name="cellWaits">Whether a cell has come.</param>
internal sealed class EditorQuestions(IInterpreter interpreter, Func<bool> cellWaits)
{
    private const string Indent = "    ";

    /// <summary>Nobody waits longer for a proposal.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private CancellationTokenSource? asked;

    /// <summary>Ends the question under way.</summary>
    public void GiveWay()
    {
        lock (gate) asked?.Cancel();
    }

    public JsonObject Complete(Request request)
    {
        var code = request.Text("code");
        var cursor = CursorPosition.Of(code, request.Whole("cursor_pos", int.MaxValue));
        var found = Answer(token => interpreter.CompleteAsync(code, cursor.Index, token),
            new(cursor.Index, cursor.Index, []));
        var (start, end) = (cursor.Answer(found.Start), cursor.Answer(found.End));
        return new JsonObject
        {
            ["status"] = "ok", ["cursor_start"] = start, ["cursor_end"] = end,
            ["matches"] = new JsonArray([.. found.Items.Select(i => JsonValue.Create(i.Text))]),
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(i => new JsonObject
                {
                    ["start"] = start, ["end"] = end,
                    ["text"] = i.Text, ["type"] = Word(i.Kind), ["signature"] = i.Signature,
                })]),
            },
        };
    }

    /// <summary>The word for a kind. VS Code draws most words with the icon of another; of those that are true, this is
    /// the one that it draws right.</summary>
    private static string Word(string kind) => kind switch
    {
        "method" => "function",
        "field" or "parameter" => "variable",
        _ => kind,
    };

    public JsonObject Inspect(Request request)
    {
        var code = request.Text("code");
        var cursor = CursorPosition.Of(code, request.Whole("cursor_pos", int.MaxValue));
        var text = Answer(token => interpreter.InspectAsync(code, cursor.Index, token), null);
        return new JsonObject
        {
            ["status"] = "ok", ["found"] = text is not null, ["metadata"] = new JsonObject(),
            ["data"] = text is null ? [] : new JsonObject { ["text/plain"] = text },
        };
    }

    public JsonObject IsComplete(Request request)
    {
        var code = request.Text("code");
        var status = interpreter.IsComplete(code);
        var answer = new JsonObject { ["status"] = status.ToString().ToLowerInvariant() };
        return status == Completeness.Incomplete ? answer.With("indent", NextIndent(code)) : answer;
    }

    private T Answer<T>(Func<CancellationToken, Task<T>> question, T nothing)
    {
        var limit = new CancellationTokenSource(Patience);
        lock (gate) asked = limit;
        if (cellWaits()) GiveWay();
        try { return question(limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult(); }
        catch (OperationCanceledException) { return nothing; }
        finally
        {
            lock (gate)
            {
                asked = null;
                limit.Dispose();
            }
        }
    }

    /// <summary>As far in as the last line, and one step further if that opens a block.</summary>
    private static string NextIndent(string code)
    {
        var line = code.TrimEnd('\r', '\n').Split('\n')[^1].TrimEnd();
        return line[..(line.Length - line.TrimStart().Length)]
            + (line.EndsWith('{') || line.EndsWith('(') ? Indent : "");
    }
}
