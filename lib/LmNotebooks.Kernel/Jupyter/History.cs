using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>The cells that ran, in memory: there are no earlier sessions than this one, the first.</summary>
internal sealed class History
{
    private const int Session = 1;
    private readonly List<(int Line, string Input, string? Output)> cells = [];

    public void Add(int line, string input, string? output) => cells.Add((line, input, output));

    public JsonObject Answer(Request request)
    {
        var most = request.Whole("n", int.MaxValue);
        var found = request.Text("hist_access_type", "tail") switch
        {
            "tail" => cells.TakeLast(most),
            "range" => Range(request.Whole("session", 0), request.Whole("start", 1),
                request.Whole("stop", int.MaxValue)),
            "search" => Search(request.Text("pattern", "*"), request.Flag("unique", false)).TakeLast(most),
            var other =>
                throw new InvalidDataException($"There is no history of the kind '{other}': it is tail, range or "
                + "search."),
        };
        var withOutput = request.Flag("output", false);
        return Reply.Ok.With("history", new JsonArray([.. found.Select(c =>
            new JsonArray(Session, c.Line, withOutput ? new JsonArray(c.Input, c.Output)
                : JsonValue.Create(c.Input)))]));
    }

    private IEnumerable<(int Line, string Input, string? Output)> Range(int session, int start, int stop) =>
        session is 0 or Session ? cells.Where(c => c.Line >= start && c.Line < stop) : [];

    /// <param name="unique">Of equal cells only the last.</param>
    private IEnumerable<(int Line, string Input, string? Output)> Search(string pattern, bool unique)
    {
        var found = cells.Where(c => FileSystemName.MatchesSimpleExpression(pattern, c.Input, ignoreCase: false));
        return unique ? found.GroupBy(c => c.Input).Select(g => g.Last()).OrderBy(c => c.Line) : found;
    }
}
