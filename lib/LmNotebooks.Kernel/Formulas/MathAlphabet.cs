using System.Text;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>A mathematical alphabet of Unicode: browsers draw its characters, while MathML Core has no attribute
/// for alphabets.</summary>
/// <param name="Latin">Its A, after which come B to Z and a to z; 0 where letters stay as they are.</param>
/// <param name="Greek">Its capital alpha; 0 where Greek letters stay as they are.</param>
/// <param name="Digits">Its zero; 0 where digits stay as they are.</param>
/// <param name="Early">Letters that Unicode had before the alphabet, at other places: each is followed by its
/// character.</param>
internal sealed record MathAlphabet(int Latin = 0, int Greek = 0, int Digits = 0, string Early = "")
{
    public static readonly MathAlphabet Roman = new();
    private static readonly MathAlphabet
        Bold = new(0x1D400, 0x1D6A8, 0x1D7CE),
        Italic = new(0x1D434, 0x1D6E2, Early: "hℎ"),
        BoldItalic = new(0x1D468, 0x1D71C, 0x1D7CE),
        Script = new(0x1D49C, Early: "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ"),
        BoldScript = new(0x1D4D0),
        Fraktur = new(0x1D504, Early: "CℭHℌIℑRℜZℨ"),
        BoldFraktur = new(0x1D56C),
        DoubleStruck = new(0x1D538, Digits: 0x1D7D8, Early: "CℂHℍNℕPℙQℚRℝZℤ"),
        Sans = new(0x1D5A0, Digits: 0x1D7E2),
        BoldSans = new(0x1D5D4, 0x1D756, 0x1D7EC),
        Typewriter = new(0x1D670, Digits: 0x1D7F6);

    // The variants of Greek letters stand behind ω, and ∇ behind Ω.
    private const string GreekVariants = "∂ϵϑϰϕϱϖ";
    private const int Nabla = 25, SmallAlpha = 26, Variants = 51;

    /// <summary>The alphabet that a command such as mathbf or bf asks for; null if it asks for none.</summary>
    public static MathAlphabet? Of(string command) => command switch
    {
        "mathrm" or "rm" or "mathup" or "mathnormal" or "upright" => Roman,
        "mathbf" or "bf" or "bfseries" or "symbf" => Bold,
        "boldsymbol" or "bm" or "pmb" or "boldmath" or "bold" or "mathbfit" or "bmit" => BoldItalic,
        "mathit" or "it" => Italic,
        "mathcal" or "cal" or "mathscr" or "scr" => Script,
        "mathfrak" or "frak" => Fraktur,
        "mathbb" or "Bbb" or "mathds" or "mathbbm" => DoubleStruck,
        "mathsf" or "sf" => Sans,
        "mathtt" or "tt" => Typewriter,
        _ => null,
    };

    /// <summary>The alphabet for this one inside another: bold and script are bold script.</summary>
    public MathAlphabet Inside(MathAlphabet? outer)
    {
        var (a, b) = (outer ?? this, this);
        bool Are(MathAlphabet one, MathAlphabet other) => (a, b) == (one, other) || (b, a) == (one, other);
        return Are(Bold, Script) || Are(BoldItalic, Script) ? BoldScript
            : Are(Bold, Fraktur) || Are(BoldItalic, Fraktur) ? BoldFraktur
            : Are(Bold, Sans) || Are(BoldItalic, Sans) ? BoldSans
            : Are(Bold, Italic) ? BoldItalic
            : Are(Bold, Roman) ? Bold
            : this;
    }

    /// <summary>The text with every character that this alphabet has in its form.</summary>
    public string Map(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) mapped.Append(Map(rune));
        return mapped.ToString();
    }

    private Rune Map(Rune rune)
    {
        var c = rune.Value;
        if (rune.IsAscii && Early.IndexOf((char)c) is >= 0 and var early) return new Rune(Early[early + 1]);
        if (Latin > 0 && c is >= 'A' and <= 'Z') return new Rune(Latin + c - 'A');
        if (Latin > 0 && c is >= 'a' and <= 'z') return new Rune(Latin + 26 + c - 'a');
        if (Digits > 0 && c is >= '0' and <= '9') return new Rune(Digits + c - '0');
        if (Greek == 0 || !rune.IsBmp) return rune;
        if (c is >= 'Α' and <= 'Ω') return new Rune(Greek + c - 'Α');
        if (c is >= 'α' and <= 'ω') return new Rune(Greek + SmallAlpha + c - 'α');
        if (c == '∇') return new Rune(Greek + Nabla);
        return GreekVariants.IndexOf((char)c) is >= 0 and var variant ? new Rune(Greek + Variants + variant) : rune;
    }
}
