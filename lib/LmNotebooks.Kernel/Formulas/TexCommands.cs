using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>What each command draws.</summary>
internal sealed partial class TexParser
{
    private const string Mod = "<mi>mod</mi><mspace width=\"0.33em\"/>";

    private Item Command(string name) =>
        macros.Define(name, reader) ? Item.Nothing
        : Symbol(name) ?? Accent(name) ?? Styled(name) ?? Drawn(name) ?? Placed(name) ?? Kept(name)
        ?? throw new FormatException($"the command \\{name} is not known");

    /// <summary>A command that is one sign or word.</summary>
    private Item? Symbol(string name)
    {
        if (TexSymbols.Letters.TryGetValue(name, out var sign)) return Letter(sign);
        if (TexSymbols.Operators.TryGetValue(name, out sign)) return Item.Operator(sign);
        if (TexSymbols.Large.TryGetValue(name, out sign)) return Item.Large(sign);
        if (TexSymbols.Integrals.TryGetValue(name, out sign)) return new($"<mo>{sign}</mo>");
        if (TexSymbols.Fences.TryGetValue(name, out sign)) return Item.Fence(sign, Side(name), stretchy: false);
        if (TexSymbols.Functions.Contains(name)) return new($"<mi>{name}</mi>", Kind.Function);
        if (TexSymbols.Limits.TryGetValue(name, out sign)) return Item.Large(sign, Kind.Function);
        if (TexSymbols.Spaces.TryGetValue(name, out sign)) return Gap(sign);
        if (name is "prime" or "backprime") return Item.Sign(name == "prime" ? "′" : "‵");
        return string.IsNullOrWhiteSpace(name) ? Item.Space("0.33em") : null;
    }

    private static Kind Side(string fence) => fence is "|" or "Vert" or "vert" ? Kind.Value : fence[0] is 'r' or '}' ? Kind.Close : Kind.Open;

    /// <summary>A command that puts a sign above or below its argument.</summary>
    private Item? Accent(string name)
    {
        if (TexSymbols.Accents.TryGetValue(name, out var sign)) return Over(Argument(), sign, wide: false);
        if (TexSymbols.WideAccents.TryGetValue(name, out sign)) return Over(Argument(), sign, wide: true);
        if (TexSymbols.UnderAccents.TryGetValue(name, out sign)) return new($"<munder>{Argument()}<mo stretchy=\"true\">{sign}</mo></munder>");
        if (TexSymbols.LongArrows.TryGetValue(name, out sign)) return LongArrow(sign);
        return name switch
        {
            _ when Mark(name) is { } mark => new($"<mrow class=\"{mark}\">{Argument()}</mrow>"),
            "overbrace" => new($"<mover>{Argument()}<mo stretchy=\"true\">⏞</mo></mover>", Limits: true),
            "underbrace" => new($"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>", Limits: true),
            "underset" => Stack("munder"),
            "overset" or "stackrel" => Stack("mover"),
            _ => null,
        };
    }

    /// <summary>The class of the line that a command draws over, under, around or through its argument; null if it draws none.</summary>
    private static string? Mark(string name) => name switch
    {
        "overline" => "overline",
        "underline" or "underbar" => "underline",
        "boxed" or "fbox" => "boxed",
        "cancel" or "bcancel" or "xcancel" or "sout" => "cancel",
        _ => null,
    };

    private static Item Over(string argument, string sign, bool wide) =>
        new($"<mover accent=\"true\">{argument}<mo stretchy=\"{(wide ? "true" : "false")}\">{Item.Escape(sign)}</mo></mover>");

    /// <summary>The first argument above or below the second, which stays what it is to its neighbours.</summary>
    private Item Stack(string element)
    {
        var script = Argument();
        var item = ArgumentItem().WithLimits(true);
        return item with { Xml = $"<{element}>{item.Element}{script}</{element}>", Limits = false };
    }

    private Item LongArrow(string sign)
    {
        var below = Bracketed();
        var arrow = $"<mo stretchy=\"true\" lspace=\"0em\" rspace=\"0em\">{sign}</mo>";
        var above = $"<mrow><mspace width=\"0.5em\"/>{Argument()}<mspace width=\"0.5em\"/></mrow>";
        return Spaced(below is null ? $"<mover>{arrow}{above}</mover>" : $"<munderover>{arrow}{below}{above}</munderover>", "0.28em", Kind.Operator);
    }

    private static Item Spaced(string xml, string width, Kind kind) => new($"<mrow><mspace width=\"{width}\"/>{xml}<mspace width=\"{width}\"/></mrow>", kind);

    /// <summary>The row in the brackets that follow; null if none do.</summary>
    private string? Bracketed() => reader.Option() is { } option ? Inner(option) : null;

    /// <summary>A part of the formula that was read as characters.</summary>
    private string Inner(string tex)
    {
        var inner = new TexParser(new TexReader(tex, macros), macros, level + 1) { alphabet = alphabet };
        if (level > MostLevels) throw new FormatException("it is nested too deeply");
        return new Item(inner.Whole()).Element;
    }

    /// <summary>A command that sets its argument in an alphabet, or as text.</summary>
    private Item? Styled(string name)
    {
        if (MathAlphabet.Of(name) is { } inner) return InAlphabet(inner);
        return name switch
        {
            "operatorname" or "operatornamewithlimits" => OperatorName(limits: reader.SkipSign('*') || name != "operatorname"),
            "mathop" => AsName(ArgumentItem().Element, limits: true) with { Kind = Kind.Function },
            "mathrel" => Spaced(Argument(), "0.28em", Kind.Operator),
            "mathbin" => Spaced(Argument(), "0.22em", Kind.Operator),
            "mathopen" => ArgumentItem() with { Kind = Kind.Open },
            "mathclose" => ArgumentItem() with { Kind = Kind.Close },
            "mathord" or "mathpunct" or "mathinner" or "ensuremath" => ArgumentItem(),
            _ when TexText.Class(name) is { } style => new TexText(Inner).Of(reader.Group(), style),
            _ => null,
        };
    }

    private Item OperatorName(bool limits)
    {
        var item = InAlphabet(MathAlphabet.Roman);
        return AsName(item.Element, limits) with { Kind = Kind.Function };
    }

    /// <summary>Words as one sign, whose limits stand beside it within a line of text; anything else as it is.</summary>
    private static Item AsName(string xml, bool limits)
    {
        var words = Tags().Replace(xml.Replace("<mspace width=\"0.17em\"/>", "\u2009"), "");
        if (words.Contains('<')) return new(xml, Limits: limits);
        return limits ? new($"<mo movablelimits=\"true\" lspace=\"0em\" rspace=\"0em\">{words}</mo>", Limits: true) : new($"<mi mathvariant=\"normal\">{words}</mi>");
    }

    /// <summary>A command that has a shape of its own.</summary>
    private Item? Drawn(string name) => name switch
    {
        "frac" => new($"<mfrac>{Argument()}{Argument()}</mfrac>"),
        "dfrac" or "cfrac" => InStyle(true, $"<mfrac>{Argument()}{Argument()}</mfrac>"),
        "tfrac" => InStyle(false, $"<mfrac>{Argument()}{Argument()}</mfrac>"),
        "nicefrac" or "sfrac" => new($"<mrow><msup><mrow></mrow>{Argument()}</msup>{Item.Sign("⁄").Xml}<msub><mrow></mrow>{Argument()}</msub></mrow>"),
        "binom" => Binomial(),
        "dbinom" or "tbinom" => InStyle(name[0] == 'd', Binomial().Xml),
        "sqrt" => Bracketed() is { } degree ? new($"<mroot>{Argument()}{degree}</mroot>") : new($"<msqrt>{Argument()}</msqrt>"),
        "left" => Between(),
        "middle" => Item.Fence(Delimiter(), Kind.Operator, stretchy: true),
        "begin" => Environment(),
        "substack" or "shortstack" => ArgumentItem(),
        "not" => Negated(),
        "bmod" => Spaced("<mi>mod</mi>", "0.22em", Kind.Operator),
        "mod" => new($"<mrow><mspace width=\"1em\"/>{Mod}{Argument()}</mrow>"),
        "pmod" => new($"<mrow><mspace width=\"0.5em\"/><mo>(</mo>{Mod}{Argument()}<mo>)</mo></mrow>"),
        _ when Big().Match(name) is { Success: true } size => Sized(size.Groups[1].Value, size.Groups[2].Value),
        _ => null,
    };

    private static Item InStyle(bool display, string xml) => new($"<mstyle displaystyle=\"{(display ? "true" : "false")}\" scriptlevel=\"0\">{xml}</mstyle>");

    private Item Binomial() => new($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>");

    private Item Between()
    {
        var open = Item.Fence(Delimiter(), Kind.Open, stretchy: true);
        var inside = Lines();
        Expect(@"\right");
        var close = Item.Fence(Delimiter(), Kind.Close, stretchy: true);
        return new($"<mrow>{open.Xml}{inside.Xml}{close.Xml}</mrow>", Kind.Fenced);
    }

    private Item Sized(string size, string side)
    {
        var height = size switch { "big" => "1.2em", "Big" => "1.8em", "bigg" => "2.4em", _ => "3em" };
        var kind = side switch { "l" => Kind.Open, "r" => Kind.Close, "m" => Kind.Operator, _ => Kind.Value };
        return new($"<mo fence=\"true\" stretchy=\"true\" symmetric=\"true\" minsize=\"{height}\" maxsize=\"{height}\">{Item.Escape(Delimiter())}</mo>", kind);
    }

    private string Delimiter()
    {
        var token = reader.Next() ?? throw new FormatException("a bracket is missing");
        if (token == ".") return "";
        if (token is "<" or ">") return token == "<" ? "⟨" : "⟩";
        if (token[0] != '\\') return token is "{" or "}" ? throw new FormatException("a bracket is missing") : token;
        return TexSymbols.Fences.TryGetValue(token[1..], out var sign) || TexSymbols.Operators.TryGetValue(token[1..], out sign) ? sign
            : token == @"\backslash" ? @"\" : throw new FormatException($"{token} is not a bracket");
    }

    /// <summary>The item that follows with a stroke through it.</summary>
    private Item Negated()
    {
        var item = ArgumentItem();
        if (Sign().Match(item.Xml) is not { Success: true } sign) return item with { Xml = $"<mrow class=\"cancel\">{item.Xml}</mrow>" };
        return item with { Xml = $"<mo>{TexSymbols.Negated.GetValueOrDefault(sign.Groups[1].Value, sign.Groups[1].Value + "\u0338")}</mo>" };
    }

    [GeneratedRegex("</?m(i|row)[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("^<mo>([^<]*)</mo>$")]
    private static partial Regex Sign();

    [GeneratedRegex("^(big|Big|bigg|Bigg)([lrm]?)$")]
    private static partial Regex Big();
}
