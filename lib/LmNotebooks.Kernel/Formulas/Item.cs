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
    private const string NoSpace = "lspace=\"0em\" rspace=\"0em\"";

    /// <summary>One MathML element in any case.</summary>
    public string Element => Xml == "" ? "<mrow></mrow>" : Xml;

    public static readonly Item Nothing = new("", Kind.Space);

    public static Item Operator(string sign) => new($"<mo>{Escape(sign)}</mo>", Kind.Operator);

    /// <summary>A sign or word with limits: beside it within a line of text, below and above it where a formula stands alone.</summary>
    public static Item Large(string sign, Kind kind = Kind.Value) =>
        new($"<mo movablelimits=\"true\"{(kind == Kind.Function ? " " + NoSpace : "")}>{Escape(sign)}</mo>", kind, Limits: true);

    public static Item Fence(string sign, Kind kind, bool stretchy) =>
        new(sign == "" ? "" : $"<mo fence=\"true\" stretchy=\"{(stretchy ? "true" : "false")}\">{Escape(sign)}</mo>", kind);

    public static Item Space(string width) => new($"<mspace width=\"{width}\"/>", Kind.Space);

    /// <summary>A sign that stands in the place of a letter, without the distance that operators keep.</summary>
    public static Item Sign(string sign) => new($"<mo {NoSpace}>{Escape(sign)}</mo>");

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    /// <summary>The same in braces: an operator in braces keeps no distance, as in 1{,}000.</summary>
    public Item Grouped() => Xml.StartsWith("<mo>", StringComparison.Ordinal) ? this with { Xml = $"<mo {NoSpace}>{Xml[4..]}", Kind = Kind.Value } : this;

    /// <summary>The same with limits above and below everywhere, or nowhere.</summary>
    public Item WithLimits(bool limits) =>
        this with { Limits = limits, Xml = Xml.Replace("movablelimits=\"true\"", "movablelimits=\"false\"", StringComparison.Ordinal) };
}
