using System.Text;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>Text within a formula, which can have formulas and other text in it.</summary>
/// <param name="formula">Converts a formula to one element.</param>
internal sealed partial class TexText(Func<string, string> formula)
{
    private static readonly (string Typed, char Shown)[] Ligatures =
        [("---", '—'), ("--", '–'), ("``", '“'), ("''", '”'), ("`", '‘'), ("'", '’'), ("~", '\u00a0')];

    /// <summary>The class of the text that a command such as textbf asks for, empty for the usual one; null if it is no
    /// such command.</summary>
    public static string? Class(string command) => command switch
    {
        "text" or "textrm" or "textnormal" or "textup" or "textmd" or "textsc" or "mbox" or "hbox" or "intertext" => "",
        "textbf" => "bf",
        "textit" or "textsl" or "emph" => "it",
        "textsf" => "sf",
        "texttt" => "tt",
        _ => null,
    };

    /// <summary>The text as one element.</summary>
    /// <param name="style">The class of its letters, see <see cref="Class"/>.</param>
    public Item Of(string text, string style)
    {
        text = text.Replace(@"\(", "$").Replace(@"\)", "$");
        var (parts, plain) = (new List<string>(), new StringBuilder());
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '$' ? Closing(text, '$', at + 1) : -1;
            var name = text[at] == '\\' ? Name().Match(text, at + 1).Value : "";
            if (end < 0 && name == "")
            {
                if (text[at] == '\\' && at + 1 < text.Length) plain.Append(text[++at]);
                else if (text[at] is not ('{' or '}')) plain.Append(Typed(text, ref at));
                at++;
                continue;
            }
            Flush(parts, plain, style);
            if (end >= 0)
            {
                parts.Add(formula(text[(at + 1)..end]));
                at = end + 1;
                continue;
            }
            at += 1 + name.Length;
            var argument = Argument(text, ref at);
            parts.Add(Class(name) is { } inner ? Of(argument ?? "", inner == "" ? style : inner).Element
                : formula(argument is null ? $@"\{name}" : $@"\{name}{{{argument}}}"));
        }
        Flush(parts, plain, style);
        return new(parts.Count == 1 ? parts[0] : $"<mrow>{string.Concat(parts)}</mrow>");
    }

    private static void Flush(List<string> parts, StringBuilder plain, string style)
    {
        if (plain.Length == 0) return;
        // A browser would drop blanks at the ends.
        var shown = Item.Escape(Blanks().Replace(plain.ToString(), "\u00a0"));
        parts.Add($"<mtext{(style == "" ? "" : $" class=\"{style}\"")}>{shown}</mtext>");
        plain.Clear();
    }

    /// <summary>What a character of text stands for, with those that belong to it: two apostrophes are a quotation
    /// mark.</summary>
    private static char Typed(string text, ref int at)
    {
        foreach (var (typed, shown) in Ligatures)
            if (string.CompareOrdinal(text, at, typed, 0, typed.Length) == 0)
            {
                at += typed.Length - 1;
                return shown;
            }
        return text[at];
    }

    /// <summary>What is between the braces that stand at <paramref name="at"/>, which moves behind them; null if there
    /// are none.</summary>
    private static string? Argument(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '{') return null;
        var (start, end) = (at + 1, Closing(text, '}', at + 1));
        if (end < 0) return null;
        at = end + 1;
        return text[start..end];
    }

    /// <summary>Where the sign stands that closes what begins at <paramref name="start"/>, outside braces; -1 if
    /// nowhere.</summary>
    private static int Closing(string text, char sign, int start)
    {
        var depth = 0;
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == sign && depth == 0) return at;
            if (text[at] == '\\') at++;
            else if (text[at] == '{') depth++;
            else if (text[at] == '}') depth--;
        }
        return -1;
    }

    [GeneratedRegex(@"\G[A-Za-z]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
