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
        var arrow = $"<mo stretchy=\"true\" {Item.NoSpace}>{sign}</mo>";
        var above = $"<mrow><mspace width=\"0.5em\"/>{Argument()}<mspace width=\"0.5em\"/></mrow>";
        var xml = below is null ? $"<mover>{arrow}{above}</mover>" : $"<munderover>{arrow}{below}{above}</munderover>";
        return Spaced(xml, "0.28em");
    }

    /// <summary>An operator with this distance on both sides.</summary>
    private static Item Spaced(string xml, string width) =>
        new($"<mrow><mspace width=\"{width}\"/>{xml}<mspace width=\"{width}\"/></mrow>", Kind.Operator);

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
            "operatorname" => OperatorName(limits: reader.SkipSign('*')),
            "operatornamewithlimits" => OperatorName(limits: true),
            "mathop" => AsName(ArgumentItem().Element, limits: true) with { Kind = Kind.Function },
            "mathrel" => Spaced(Argument(), "0.28em"),
            "mathbin" => Spaced(Argument(), "0.22em"),
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

    /// <summary>Words as one sign, whose limits stand beside it within a line of text; anything else as it
    /// is.</summary>
    private static Item AsName(string xml, bool limits)
    {
        var words = Tags().Replace(xml.Replace("<mspace width=\"0.17em\"/>", "\u2009"), "");
        if (words.Contains('<')) return new(xml, Limits: limits);
        return limits ? new($"<mo movablelimits=\"true\" {Item.NoSpace}>{words}</mo>", Limits: true)
            : new($"<mi mathvariant=\"normal\">{words}</mi>");
    }

    /// <summary>A command that has a shape of its own.</summary>
    private Item? Drawn(string name) => name switch
    {
        "frac" => new($"<mfrac>{Argument()}{Argument()}</mfrac>"),
        "dfrac" or "cfrac" => InStyle(true, $"<mfrac>{Argument()}{Argument()}</mfrac>"),
        "tfrac" => InStyle(false, $"<mfrac>{Argument()}{Argument()}</mfrac>"),
        "nicefrac" or "sfrac" => new($"<mrow>{Argument()}{Item.Sign("/").Xml}{Argument()}</mrow>"),
        "binom" => Binomial(),
        "dbinom" or "tbinom" => InStyle(name[0] == 'd', Binomial().Xml),
        "sqrt" when Bracketed() is { } degree => new($"<mroot>{Argument()}{degree}</mroot>"),
        "sqrt" => new($"<msqrt>{Argument()}</msqrt>"),
        "left" => Between(),
        "middle" => Item.Fence(Delimiter(), Kind.Operator, stretchy: true),
        "begin" => Environment(),
        "substack" or "shortstack" => ArgumentItem(),
        "not" => Negated(),
        "bmod" => Spaced("<mi>mod</mi>", "0.22em"),
        "mod" => new($"<mrow><mspace width=\"1em\"/>{Mod}{Argument()}</mrow>"),
        "pmod" => new($"<mrow><mspace width=\"0.5em\"/><mo>(</mo>{Mod}{Argument()}<mo>)</mo></mrow>"),
        _ when Big().Match(name) is { Success: true } size => Sized(size.Groups[1].Value, size.Groups[2].Value),
        _ => null,
    };

    private static Item InStyle(bool display, string xml) =>
        new($"<mstyle displaystyle=\"{(display ? "true" : "false")}\" scriptlevel=\"0\">{xml}</mstyle>");

    private Item Binomial() => new($"{ChooseStart}{Argument()}{Argument()}{ChooseEnd}");

    private Item Between()
    {
        var open = Delimiter();
        var inside = Lines();
        Expect(@"\right");
        return Item.Fenced(open, inside.Xml, Delimiter());
    }

    private Item Sized(string size, string side)
    {
        var height = size switch { "big" => "1.2em", "Big" => "1.8em", "bigg" => "2.4em", _ => "3em" };
        var kind = side switch { "l" => Kind.Open, "r" => Kind.Close, "m" => Kind.Operator, _ => Kind.Value };
        var space = kind == Kind.Operator ? "lspace=\"0.28em\" rspace=\"0.28em\"" : Item.NoSpace;
        // The base of a superscript does not grow unless it is in a row.
        var sign = Item.Escape(Delimiter());
        var attributes = $"stretchy=\"true\" minsize=\"{height}\" maxsize=\"{height}\" {space}";
        return new($"<mrow><mo {attributes}>{sign}</mo></mrow>", kind);
    }

    private string Delimiter()
    {
        var token = reader.Next() ?? throw new FormatException("a bracket is missing");
        if (token == ".") return "";
        if (token is "<" or ">") return token == "<" ? "⟨" : "⟩";
        if (token[0] != '\\') return token is "{" or "}" ? throw new FormatException("a bracket is missing") : token;
        var name = token[1..];
        if (TexSymbols.Fences.TryGetValue(name, out var sign)) return sign;
        if (TexSymbols.Operators.TryGetValue(name, out sign)) return sign;
        return name == "backslash" ? @"\" : throw new FormatException($"{token} is not a bracket");
    }

    /// <summary>The item that follows with a stroke through it.</summary>
    private Item Negated()
    {
        var item = ArgumentItem();
        if (!Sign().IsMatch(item.Xml)) return item with { Xml = $"<mrow class=\"cancel\">{item.Xml}</mrow>" };
        var sign = Sign().Match(item.Xml).Groups[1].Value;
        return item with { Xml = $"<mo>{TexSymbols.Negated.GetValueOrDefault(sign, sign + "\u0338")}</mo>" };
    }

    [GeneratedRegex("</?m(i|row)[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("^<mo>([^<]*)</mo>$")]
    private static partial Regex Sign();

    [GeneratedRegex("^(big|Big|bigg|Bigg)([lrm]?)$")]
    private static partial Regex Big();
}
