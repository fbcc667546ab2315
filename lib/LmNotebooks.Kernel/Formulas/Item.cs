namespace LmNotebooks.Kernel.Formulas;

/// <summary>What an item of a formula is to its neighbours.</summary>
internal enum Kind
{
    Value,
    Operator,
    Open,
    Close,

    /// <summary>A name such as log: a small space separates it from values.</summary>
    Function,

    /// <summary>Brackets with what is between them: no name keeps a distance to them.</summary>
    Fenced,

    /// <summary>Nothing that is seen.</summary>
    Space,
}

/// <summary>One item of a row.</summary>
/// <param name="Xml">One MathML element, or nothing.</param>
/// <param name="Limits">Whether what is under and over it stands below and above it.</param>
internal readonly record struct Item(string Xml, Kind Kind = Kind.Value, bool Limits = false)
{
    public const string NoSpace = "lspace=\"0em\" rspace=\"0em\"";
    private const string Upright = "↑↓↕⇑⇓⇕↗↘↙↖";

    /// <summary>One MathML element in any case.</summary>
    public string Element => Xml == "" ? "<mrow></mrow>" : Xml;

    public static readonly Item Nothing = new("", Kind.Space);

    /// <summary>A sign between values. One that points up or down would grow to the height of its row.</summary>
    public static Item Operator(string sign) =>
        new($"<mo{(Upright.Contains(sign) ? " stretchy=\"false\"" : "")}>{Escape(sign)}</mo>", Kind.Operator);

    /// <summary>A sign or word with limits: beside it within a line of text, below and above it where a formula stands
    /// alone.</summary>
    public static Item Large(string sign, Kind kind = Kind.Value)
    {
        var space = kind == Kind.Function ? " " + NoSpace : "";
        return new($"<mo movablelimits=\"true\"{space}>{Escape(sign)}</mo>", kind, Limits: true);
    }

    public static Item Fence(string sign, Kind kind, bool stretchy) =>
        sign == "" ? new("", kind)
            : new($"<mo stretchy=\"{(stretchy ? "true" : "false")}\" {NoSpace}>{Escape(sign)}</mo>", kind);

    public static Item Space(string width) => new($"<mspace width=\"{width}\"/>", Kind.Space);

    /// <summary>A sign that stands in the place of a letter, without the distance that operators keep.</summary>
    public static Item Sign(string sign) => new($"<mo {NoSpace}>{Escape(sign)}</mo>");

    /// <summary>Brackets as high as the markup between them; an empty one is not drawn.</summary>
    public static Item Fenced(string open, string inside, string close)
    {
        var (left, right) = (Fence(open, Kind.Open, stretchy: true), Fence(close, Kind.Close, stretchy: true));
        return new($"<mrow>{left.Xml}{inside}{right.Xml}</mrow>", Kind.Fenced);
    }

    public static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    /// <summary>This item in braces: an operator in braces keeps no distance, as in 1{,}000.</summary>
    public Item Grouped() => Xml.StartsWith("<mo>", StringComparison.Ordinal)
        ? this with { Xml = $"<mo {NoSpace}>{Xml[4..]}", Kind = Kind.Value } : this;

    /// <summary>This item with limits above and below everywhere, or nowhere.</summary>
    public Item WithLimits(bool limits) =>
        this with { Limits = limits, Xml = Xml.Replace("movablelimits=\"true\"", "movablelimits=\"false\"") };
}
