using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>How an environment sets its rows of cells.</summary>
/// <param name="Class">Of the table: how far its cells are from each other.</param>
/// <param name="Columns">l, c or r for each column, and a bar where a line stands between two; the last two letters go
/// on for columns after them.</param>
/// <param name="Display">Whether its cells are set as formulas that stand alone.</param>
internal sealed partial record Grid(
    string Class, string Columns = "cc", bool Display = false, string Open = "", string Close = "")
{
    private const int MostColumns = 100;

    private static readonly Grid
        Pairs = new("aligned", "rl", Display: true),
        Lone = new("lines", "cc", Display: true),
        Matrix = new("matrix"),
        Small = new("small"),
        Cases = new("cases", "ll");

    private static readonly Dictionary<string, Grid> Grids = new()
    {
        ["aligned"] = Pairs, ["align"] = Pairs, ["split"] = Pairs, ["flalign"] = Pairs, ["xalignat"] = Pairs,
        ["alignat"] = Pairs with { Class = "aligned near" }, ["alignedat"] = Pairs with { Class = "aligned near" },
        ["eqnarray"] = Pairs with { Columns = "rcl" },
        ["equation"] = Lone, ["gather"] = Lone, ["gathered"] = Lone, ["multline"] = Lone, ["multlined"] = Lone,
        ["dmath"] = Lone, ["displaymath"] = Lone, ["math"] = Lone, ["subequations"] = Lone,
        ["array"] = Matrix, ["darray"] = Matrix with { Display = true }, ["tabular"] = Matrix, ["subarray"] = Small,
        ["matrix"] = Matrix, ["smallmatrix"] = Small,
        ["pmatrix"] = Matrix with { Open = "(", Close = ")" },
        ["bmatrix"] = Matrix with { Open = "[", Close = "]" },
        ["Bmatrix"] = Matrix with { Open = "{", Close = "}" },
        ["vmatrix"] = Matrix with { Open = "|", Close = "|" },
        ["Vmatrix"] = Matrix with { Open = "‖", Close = "‖" },
        ["psmallmatrix"] = Small with { Open = "(", Close = ")" },
        ["bsmallmatrix"] = Small with { Open = "[", Close = "]" },
        ["cases"] = Cases with { Open = "{" }, ["dcases"] = Cases with { Open = "{", Display = true },
        ["rcases"] = Cases with { Close = "}" }, ["drcases"] = Cases with { Close = "}", Display = true },
    };

    /// <summary>The environment that begins, with its arguments read.</summary>
    /// <exception cref="FormatException">No environment has this name.</exception>
    public static Grid Read(string name, TexReader reader)
    {
        var plain = name.TrimEnd('*');
        if (!Grids.TryGetValue(plain, out var grid)) throw new FormatException($"the environment {name} is not known");
        var preamble = plain is "array" or "darray" or "tabular" or "subarray";
        // Whether the table stands beside a line with its top or bottom, or how a matrix aligns its columns.
        var starred = plain != name && plain.EndsWith("matrix", StringComparison.Ordinal);
        if (preamble || starred || plain is "aligned" or "alignedat" or "gathered" or "multlined") reader.Option();
        if (plain is "alignat" or "alignedat" or "xalignat") reader.Group();
        return preamble ? grid with { Columns = Preamble(reader.Group()) } : grid;
    }

    /// <summary>The classes of the cells of each column: their alignment, and the lines beside them.</summary>
    public IReadOnlyList<string> ColumnClasses()
    {
        var columns = Column().Matches(Columns);
        if (columns.Count == 0) return ["c"];
        var classes = columns.Select(c => c.Groups[2].Value + (c.Groups[1].Length > 0 ? " bar" : "")).ToList();
        if (columns[^1].Groups[3].Length > 0) classes[^1] += " barred";
        return classes;
    }

    /// <summary>The letters and bars in the argument of array, such as *{2}{c|}r.</summary>
    private static string Preamble(string columns)
    {
        var whole = Repeated().Replace(columns, m =>
            string.Concat(Enumerable.Repeat(m.Groups[2].Value, Math.Min(int.Parse(m.Groups[1].Value), MostColumns))));
        whole = Decoration().Replace(Width().Replace(whole, "l"), "");
        return whole.Length <= MostColumns ? whole : whole[..MostColumns];
    }

    // The lines before a column, its letter, and those behind it, which for all but the last are the next one's.
    [GeneratedRegex(@"(\|*)([lcr])(?=(\|*))")]
    private static partial Regex Column();

    [GeneratedRegex(@"\*\{([0-9]{1,3})\}\{([^{}]*)\}")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"[pmb]\{[^{}]*\}")]
    private static partial Regex Width();

    [GeneratedRegex(@"[@!><]\{[^{}]*\}|[^lcr|]")]
    private static partial Regex Decoration();
}
