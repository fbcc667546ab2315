using System.Runtime.CompilerServices;
using System.Text;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>Reads a formula by recursive descent and writes it as MathML.</summary>
/// <exception cref="FormatException">From every method: what cannot be drawn, as half a sentence that names the
/// command.</exception>
internal sealed partial class TexParser(TexReader reader, TexMacros macros, int level = 0)
{
    private const int MostLevels = 100;
    private int level = level;

    /// <summary>The alphabet of letters and digits; null for the usual: letters slanted, digits upright.</summary>
    private MathAlphabet? alphabet;

    /// <summary>The whole formula.</summary>
    public string Whole()
    {
        var lines = Lines(display: true);
        return reader.Peek() is { } token ? throw Unpaired(token) : lines.Xml;
    }

    /// <summary>The rows up to a token that only ends one, which stays. Several, separated by \\, stand below each
    /// other.</summary>
    private Item Lines(bool display = false)
    {
        var first = Row();
        if (!IsNewLine(reader.Peek())) return first;
        var lines = new StringBuilder();
        for (var row = first; ; row = Row())
        {
            var more = IsNewLine(reader.Peek());
            if (more || row.Xml != "") lines.Append($"<mtr><mtd>{row.Xml}</mtd></mtr>");
            if (!more) return new(Table("lines", display, lines.ToString()));
            NewLine();
        }
    }

    /// <summary>The items up to a token that only ends a row, which stays.</summary>
    /// <param name="operand">Whether something to calculate with stands before the row: then a minus at its beginning
    /// subtracts.</param>
    private Item Row(bool operand = false)
    {
        var outer = alphabet;
        var row = new RowWriter(operand);
        while (reader.Peek() is { } token && !EndsRow(token))
        {
            if (token is "_" or "^" or "'")
            {
                row.Add(Scripts(new Item("")));
                continue;
            }
            reader.Next();
            if (Divides(token, row) || Switches(token, row)) continue;
            row.Add(Scripts(Prefix(token) is { } sign ? row.Signed(sign) : Of(token)));
        }
        alphabet = outer;
        return row.Whole();
    }

    private static bool EndsRow(string token) => token is "}" or "&" or @"\right" or @"\end" || IsNewLine(token);

    private static bool IsNewLine(string? token) => token is @"\\" or @"\cr";

    private void NewLine()
    {
        reader.Next();
        reader.SkipDistance();
    }

    /// <summary>The sign of a token that is a prefix or stands between two values; null for others.</summary>
    private static string? Prefix(string token) =>
        token switch { "-" => "−", "+" => "+", @"\pm" => "±", @"\mp" => "∓", _ => null };

    private Item Of(string token)
    {
        if (++level > MostLevels || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new FormatException("it is nested too deeply");
        var item = token switch
        {
            "{" => Braces(),
            "-" => Item.Operator("−"),
            "*" => Item.Operator("∗"),
            ":" => Item.Operator(":"),
            "~" => Item.Space("0.33em"),
            "(" or "[" => Item.Fence(token, Kind.Open, stretchy: false),
            ")" or "]" => Item.Fence(token, Kind.Close, stretchy: false),
            "|" => Item.Fence(token, Kind.Value, stretchy: false),
            "/" => Item.Sign(token),
            "'" => Item.Sign("′"),
            "#" or "$" => throw new FormatException($"'{token}' has no meaning here"),
            _ when IsDigit(token) => Number(token + reader.Digits()),
            _ when token[0] == '\\' => Command(token[1..]),
            _ when char.IsLetter(token, 0) => Letters(token),
            _ => Typed(token),
        };
        level--;
        return item;
    }

    /// <summary>What is between two braces, with the opening one read.</summary>
    private Item Braces()
    {
        var lines = Lines();
        Expect("}");
        return lines.Grouped();
    }

    private void Expect(string token)
    {
        var next = reader.Next();
        if (next != token) throw next is null ? new FormatException($"'{token}' is missing") : Unpaired(next);
    }

    private static FormatException Unpaired(string token) =>
        new($"'{token}' {(token == "&" || IsNewLine(token) ? "stands outside an environment" : "has no partner")}");

    /// <summary>The next group in braces or single item.</summary>
    private string Argument() => ArgumentItem().Element;

    private Item ArgumentItem()
    {
        var token = reader.Next();
        if (token is null or "^" or "_" || EndsRow(token)) throw new FormatException("an argument is missing");
        return IsDigit(token) ? Number(token) : Of(token);
    }

    /// <summary>The next group or item in another alphabet.</summary>
    private Item InAlphabet(MathAlphabet inner)
    {
        var outer = alphabet;
        alphabet = inner.Inside(outer);
        var item = ArgumentItem();
        alphabet = outer;
        return item;
    }

    private Item Number(string digits) => new($"<mn>{alphabet?.Map(digits) ?? digits}</mn>");

    /// <summary>A letter; in an alphabet of its own, all the letters that follow it as one name.</summary>
    private Item Letters(string letter)
    {
        if (alphabet is null) return Letter(letter);
        var name = new StringBuilder(letter);
        while (reader.Peek() is { } next && char.IsLetter(next, 0)) name.Append(reader.Next());
        return Letter(name.ToString());
    }

    /// <summary>A letter that stands as it is in TeX: small ones slant by themselves in a browser, capitals of Greek
    /// must not.</summary>
    private Item Letter(string letter)
    {
        var shown = alphabet?.Map(letter) ?? letter;
        var upright = shown == letter && (alphabet is not null || letter[0] is >= 'Α' and <= 'Ω' or '∇' or '∞');
        return new($"<mi{(upright ? " mathvariant=\"normal\"" : "")}>{Item.Escape(shown)}</mi>");
    }

    /// <summary>A sign as it was typed, also one that has a command.</summary>
    private static Item Typed(string sign) =>
        TexSymbols.Large.Values.Contains(sign) ? Item.Large(sign)
        : sign is "⟨" or "⌈" or "⌊" or "⟦" ? Item.Fence(sign, Kind.Open, stretchy: false)
        : sign is "⟩" or "⌉" or "⌋" or "⟧" ? Item.Fence(sign, Kind.Close, stretchy: false)
        : sign is "∂" or "∞" or "∅" or "…" or "⋯" or "∇" or "!" or "°" or "′" ? Item.Sign(sign)
        : Item.Operator(sign);

    private static bool IsDigit(string token) => char.IsAsciiDigit(token[0]);
}
