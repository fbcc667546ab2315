namespace LmNotebooks.Kernel.Formulas;

/// <summary>The commands that are a sign, or put one above or below their argument.</summary>
internal sealed partial class TexParser
{
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

    private static Kind Side(string fence) =>
        fence is "|" or "Vert" or "vert" ? Kind.Value : fence[0] is 'r' or '}' ? Kind.Close : Kind.Open;

    /// <summary>A command that puts a sign above or below its argument.</summary>
    private Item? Accent(string name)
    {
        if (TexSymbols.Accents.TryGetValue(name, out var sign)) return Over(Argument(), sign, wide: false);
        if (TexSymbols.WideAccents.TryGetValue(name, out sign)) return Over(Argument(), sign, wide: true);
        if (TexSymbols.UnderAccents.TryGetValue(name, out sign)) return Under(Argument(), sign);
        if (TexSymbols.LongArrows.TryGetValue(name, out sign)) return LongArrow(sign);
        return name switch
        {
            _ when Mark(name) is { } mark => new($"<mrow class=\"{mark}\">{Argument()}</mrow>"),
            "overbrace" => new($"<mover>{Argument()}<mo stretchy=\"true\">⏞</mo></mover>", Limits: true),
            "underbrace" => Under(Argument(), "⏟") with { Limits = true },
            "underset" => Stack("munder"),
            "overset" or "stackrel" => Stack("mover"),
            _ => null,
        };
    }

    /// <summary>The class of the line that a command draws over, under, around or through its argument; null if it
    /// draws none.</summary>
    private static string? Mark(string name) => name switch
    {
        "overline" => "overline",
        "underline" or "underbar" => "underline",
        "boxed" or "fbox" => "boxed",
        "cancel" or "bcancel" or "xcancel" or "sout" => "cancel",
        _ => null,
    };

    private static Item Under(string argument, string sign) =>
        new($"<munder>{argument}<mo stretchy=\"true\">{sign}</mo></munder>");

    private static Item Over(string argument, string sign, bool wide) =>
        new($"<mover accent=\"true\">{argument}<mo stretchy=\"{(wide ? "true" : "false")}\">{sign}</mo></mover>");
}
