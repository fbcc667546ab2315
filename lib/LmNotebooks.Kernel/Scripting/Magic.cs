using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>What the first line of a cell says that begins with <c>#!</c>, as in Polyglot Notebooks.</summary>
/// <param name="Code">The cell as C#, with the same line numbers.</param>
/// <param name="Timed">Whether the cell ends with the time that it took.</param>
/// <param name="Result">What the cell shows instead of running; null if it runs.</param>
internal sealed record Magic(string Code, bool Timed, CellResult? Result)
{
    public static Magic Read(string code)
    {
        if (!code.StartsWith("#!", StringComparison.Ordinal)) return new Magic(code, false, null);
        var (first, rest) = code.Split('\n', 2) is [var line, var below] ? (line.Trim(), below) : (code.Trim(), "");
        return first switch
        {
            "#!csharp" or "#!c#" => new Magic("\n" + rest, false, null),
            "#!time" => new Magic("\n" + rest, true, null),
            "#!html" or "#!markdown" => new Magic("", false, new CellResult(new JsonObject { [$"text/{first[2..]}"] = rest, ["text/plain"] = rest }, null)),
            _ => new Magic("", false, new CellResult(null, Unknown(first))),
        };
    }

    private static CellError Unknown(string first)
    {
        var message = $"(1,1): error: This kernel runs C# and does not know '{first}': remove the line, or use #!csharp, #!html, #!markdown or #!time.";
        return new CellError(Errors.Compilation, message, [message]);
    }
}
