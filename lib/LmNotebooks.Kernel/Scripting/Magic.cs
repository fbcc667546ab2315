using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>What the lines at the top of a cell say that begin with <c>#!</c>, as in Polyglot Notebooks: below blank
/// lines and comments, and above the first line of code.</summary>
/// <param name="Code">The cell as C#, with blanks for those lines: every position stays.</param>
/// <param name="Wishes">What they ask for besides a language.</param>
/// <param name="Result">What the cell shows instead of running; null if it runs.</param>
internal sealed partial record Magic(string Code, IReadOnlyList<string> Wishes, CellResult? Result)
{
    public const string Mark = "#!", Time = "time", Who = "who", Whos = "whos", List = "lsmagic";

    /// <summary>What <see cref="List"/> shows.</summary>
    public const string All = """
        #!csharp     the cell is C#, as without this line
        #!markdown   the cell is shown as Markdown
        #!html       the cell is shown as HTML
        #!time       the cell ends with the time that it took
        #!who        names the variables of all cells
        #!whos       names them with their types and values
        #!lsmagic    lists these lines

        """;

    /// <summary>What other kernels know, with what does it here.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["import"] = "run a script with #load \"file.csx\", and use a library with #r \"file.dll\"",
        ["set"] = "write 'var name = value;', since all cells share their variables",
        ["share"] = "remove the line, since all cells share their variables",
        ["value"] = "write 'var name = ...;' with the value",
        ["connect"] = "use a library of C# that reaches the same data",
    };

    public static Magic Read(string code)
    {
        var (language, wishes, below) = ("csharp", new List<string>(), 0);
        while (Line().Match(code, below) is { Success: true } found)
        {
            var (name, line) = (found.Groups["name"].Value.ToLowerInvariant(), found.Groups["line"]);
            var number = code.AsSpan(0, line.Index).Count('\n') + 1;
            below = line.Index + line.Length;
            code = string.Concat(code.AsSpan(0, line.Index), new string(' ', line.Length), code.AsSpan(below));
            if (name is Time or Who or Whos or List) wishes.Add(name);
            else if (name is "markdown" or "html" || CellLanguage.IsCSharp(name)) language = name;
            else return new Magic(code, [], new CellResult(null, Unknown(name, number)));
        }
        return new Magic(code, wishes, CellLanguage.IsCSharp(language) ? null : Shown(code[below..], language));
    }

    private static CellResult Shown(string text, string language)
    {
        text = text.TrimStart('\r', '\n');
        return new CellResult(new JsonObject { [$"text/{language}"] = text, ["text/plain"] = text }, null);
    }

    private static CellError Unknown(string name, int line)
    {
        var instead = Elsewhere.GetValueOrDefault(name,
            $"write the cell in C#, make it a Markdown cell, or run it in a kernel that knows '{name}'");
        var word = Elsewhere.ContainsKey(name) ? Mark + name : name;
        var message = $"({line},1): error: This kernel runs C# and does not know '{word}': {instead}.";
        return new CellError(Errors.Compilation, message, [message]);
    }

    /// <summary>Blanks and comments, and then such a line. Each blank and comment is taken whole, so that a long cell
    /// costs no more than its length.</summary>
    [GeneratedRegex(@"\G(?>\s+|//[^\n]*|/\*.*?\*/)*(?<line>#!(?<name>\S*)[^\r\n]*)", RegexOptions.Singleline)]
    private static partial Regex Line();
}
