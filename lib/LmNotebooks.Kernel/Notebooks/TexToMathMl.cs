using System.Net;
using System.Text;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>Converts the part of TeX's mathematics that notebooks use to MathML Core, which browsers draw without a script or a font of ours.</summary>
public sealed class TexToMathMl
{
    private const int MostLevels = 100, QuotedLength = 80;
    private readonly string tex;
    private int at, level;

    private TexToMathMl(string tex) => this.tex = tex;

    /// <param name="display">Whether the formula stands alone, with limits above and below its sums.</param>
    /// <exception cref="FormatException">A command that is not in the supported part, or braces that do not match; the message names it and
    /// quotes the formula, so that no page shows raw TeX by accident.</exception>
    public static string Convert(string tex, bool display)
    {
        var row = new TexToMathMl(tex).Row(until: null);
        return $"<math{(display ? " display=\"block\"" : "")}>{row}</math>";
    }

    /// <summary>One item of a row, and what decides how its neighbours are set.</summary>
    /// <param name="Limits">Sub- and superscripts stand below and above it where there is room.</param>
    /// <param name="Function">A name such as log: a small space separates it from its argument.</param>
    private readonly record struct Item(string Xml, bool Limits = false, bool Function = false);

    /// <summary>The items up to the token <paramref name="until"/>, which is consumed; null reads to the end of the formula.</summary>
    private string Row(string? until)
    {
        var row = new StringBuilder();
        var operand = false;    // whether a value stands before: then a minus subtracts, and a function's name keeps its distance
        while (Next() is { } token)
        {
            if (token == until) return $"<mrow>{row}</mrow>";
            if (token is "}" or @"\right") throw Wrong($"'{token}' has no partner");
            var item = token == "-" && !operand ? new("<mo form=\"prefix\">−</mo>") : Of(token);
            row.Append(item.Function && operand ? Space("0.17em").Xml : "").Append(Scripts(item));
            operand = token is ")" or "]" or "{" || char.IsLetterOrDigit(token[^1]) && !TexSymbols.Operators.ContainsKey(token[1..]) && !item.Function;
            if (item.Function && Peek() is { } after && after is not ("(" or "[" or "{" or "}" or ")" or "," or @"\left" or @"\right")) row.Append(Space("0.17em").Xml);
        }
        return until is null ? $"<mrow>{row}</mrow>" : throw Wrong($"'{until}' is missing");
    }

    private string Scripts(Item item)
    {
        var (sub, sup) = ("", "");
        while (Peek() is "_" or "^" or "'")
            switch (Next())
            {
                case "_": sub += Argument(); break;
                case "^": sup += Argument(); break;
                default: sup += "<mo>′</mo>"; break;
            }
        var (under, over) = item.Limits ? ("munder", "mover") : ("msub", "msup");
        return (sub, sup) switch
        {
            ("", "") => item.Xml,
            (_, "") => $"<{under}>{item.Xml}{sub}</{under}>",
            ("", _) => $"<{over}>{item.Xml}<mrow>{sup}</mrow></{over}>",
            _ => $"<{under}{over[1..]}>{item.Xml}{sub}<mrow>{sup}</mrow></{under}{over[1..]}>",
        };
    }

    private Item Of(string token)
    {
        if (++level > MostLevels) throw Wrong("it is nested too deeply");
        var item = OfToken(token);
        level--;
        return item;
    }

    private Item OfToken(string token) => token switch
    {
        "{" => new(Row("}")),
        "-" => Operator("−"),
        "~" => Space("0.33em"),
        "(" or ")" or "[" or "]" or "|" => Fence(token, stretchy: false),
        "_" or "^" => new("<mrow></mrow>" + Unread(token)),
        _ when char.IsAsciiDigit(token[0]) => new($"<mn>{token}{Digits()}</mn>"),
        _ when token[0] == '\\' => Command(token[1..]),
        _ when char.IsLetter(token, 0) => Letter(token),
        "&" or "#" or "$" or "%" => throw Wrong($"'{token}' has no meaning here"),
        _ => Operator(token),
    };

    private Item Command(string name)
    {
        if (TexSymbols.Letters.TryGetValue(name, out var letter)) return Letter(letter);
        if (TexSymbols.Operators.TryGetValue(name, out var sign)) return Operator(sign);
        if (TexSymbols.Large.TryGetValue(name, out sign)) return new($"<mo movablelimits=\"true\">{sign}</mo>", Limits: true);
        if (TexSymbols.Fences.TryGetValue(name, out sign)) return Fence(sign, stretchy: false);
        if (TexSymbols.Accents.TryGetValue(name, out sign)) return new($"<mover accent=\"true\">{Argument()}<mo stretchy=\"{(name is "hat" or "bar" or "tilde" or "vec" ? "false" : "true")}\">{sign}</mo></mover>");
        if (TexSymbols.Spaces.TryGetValue(name, out var width)) return Space(width);
        if (TexSymbols.Functions.Contains(name)) return new($"<mi>{name}</mi>", Function: true);
        if (TexSymbols.Limits.TryGetValue(name, out var words)) return new($"<mo movablelimits=\"true\">{words}</mo>", Limits: true, Function: true);
        return name switch
        {
            "frac" or "dfrac" or "tfrac" => new($"<mfrac>{Argument()}{Argument()}</mfrac>"),
            "sqrt" when Peek() == "[" && Next() is not null && Row("]") is var degree => new($"<mroot>{Argument()}{degree}</mroot>"),
            "sqrt" => new($"<msqrt>{Argument()}</msqrt>"),
            "text" or "textit" or "textbf" => new($"<mtext>{WebUtility.HtmlEncode(Raw()).Replace(' ', '\u00a0')}</mtext>"),
            "mathrm" or "operatorname" => new($"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(Raw())}</mi>", Function: name == "operatorname"),
            "mathbb" or "mathbf" or "mathcal" => Letter(TexSymbols.Alphabet(name, Raw()) ?? throw Wrong($"\\{name} is known for capital letters only")),
            "left" => Between(),
            "middle" => Fence(Delimiter(), stretchy: true),
            "big" or "bigl" or "bigr" or "Big" or "Bigl" or "Bigr" => new($"<mo minsize=\"{(name[0] == 'b' ? "1.2em" : "1.8em")}\">{Delimiter()}</mo>"),
            "underbrace" => new($"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>", Limits: true),
            _ => throw Wrong($"the command \\{name} is not supported"),
        };
    }

    private Item Between()
    {
        var (open, inside, close) = (Delimiter(), Row(@"\right"), Delimiter());
        return new($"<mrow>{Fence(open, stretchy: true).Xml}{inside}{Fence(close, stretchy: true).Xml}</mrow>");
    }

    private string Delimiter()
    {
        var token = Next() ?? throw Wrong("a bracket is missing");
        if (token == ".") return "";
        return token[0] != '\\' ? WebUtility.HtmlEncode(token)
            : TexSymbols.Fences.TryGetValue(token[1..], out var fence) ? fence : throw Wrong($"{token} is not a bracket");
    }

    private string Argument()
    {
        var token = Next() ?? throw Wrong("an argument is missing");
        return token is "}" or "^" or "_" ? throw Wrong("an argument is missing")
            : char.IsAsciiDigit(token[0]) ? $"<mn>{token}</mn>" : Of(token).Xml;
    }

    /// <summary>The text in the braces that follow, as it is.</summary>
    private string Raw()
    {
        var end = Next() == "{" ? tex.IndexOf('}', at) : -1;
        if (end < 0) throw Wrong("a name in braces is missing");
        var text = tex[at..end];
        at = end + 1;
        return text;
    }

    private string Digits()
    {
        var start = at;
        while (at < tex.Length && (char.IsAsciiDigit(tex[at]) || tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))) at++;
        return tex[start..at];
    }

    private string Unread(string token)
    {
        at -= token.Length;
        return "";
    }

    private string? Peek()
    {
        var start = at;
        var token = Next();
        at = start;
        return token;
    }

    /// <summary>The next character, or command with its backslash; null at the end.</summary>
    private string? Next()
    {
        while (at < tex.Length && char.IsWhiteSpace(tex[at])) at++;
        if (at >= tex.Length) return null;
        var start = at++;
        if (char.IsHighSurrogate(tex[start]) && at < tex.Length) at++;
        if (tex[start] != '\\') return tex[start..at];
        if (at >= tex.Length) throw Wrong("it ends in a backslash");
        if (!char.IsAsciiLetter(tex[at++])) return tex[start..at];
        while (at < tex.Length && char.IsAsciiLetter(tex[at])) at++;
        return tex[start..at];
    }

    private static Item Letter(string letter) => new($"<mi>{letter}</mi>");
    private static Item Operator(string sign) => new($"<mo>{WebUtility.HtmlEncode(sign)}</mo>");
    private static Item Fence(string sign, bool stretchy) => new(sign == "" ? "" : $"<mo fence=\"true\" stretchy=\"{(stretchy ? "true" : "false")}\">{sign}</mo>");
    private static Item Space(string width) => new($"<mspace width=\"{width}\"/>");

    private FormatException Wrong(string what)
    {
        var line = tex.Trim().ReplaceLineEndings(" ");
        return new FormatException($"the formula ${(line.Length > QuotedLength ? line[..QuotedLength] + "…" : line)}$ is shown as its TeX: {what}.");
    }
}
