using System.Globalization;
using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>Commands that act on what follows them in a row, that place or colour, or that a page shows nothing
/// for.</summary>
internal sealed partial class TexParser
{
    private const string
        ChooseStart = "<mrow><mo>(</mo><mfrac linethickness=\"0\">",
        ChooseEnd = "</mfrac><mo>)</mo></mrow>";

    private const double Widest = 100;

    /// <summary>Whether the token makes a fraction of all that came before it in its group and all that comes
    /// after.</summary>
    private static bool Divides(string token, RowWriter row)
    {
        switch (token)
        {
            case @"\over": row.Divide("<mfrac>", "</mfrac>"); return true;
            case @"\atop": row.Divide("<mfrac linethickness=\"0\">", "</mfrac>"); return true;
            case @"\choose": row.Divide(ChooseStart, ChooseEnd); return true;
            default: return false;
        }
    }

    /// <summary>Whether the token changes how the rest of its group is set.</summary>
    private bool Switches(string token, RowWriter row)
    {
        if (token[0] != '\\') return false;
        var name = token[1..];
        switch (name)
        {
            case "displaystyle" or "textstyle" or "scriptstyle" or "scriptscriptstyle":
                row.Style("displaystyle", name[0] == 'd' ? "true" : "false");
                row.Style("scriptlevel", name.StartsWith("scriptscript") ? "2" : name[0] == 's' ? "1" : "0");
                return true;
            case "color":
                row.Style("mathcolor", Color());
                return true;
        }
        if (Size(name) is { } size)
        {
            row.Style("mathsize", size);
            return true;
        }
        // The old switches; the commands with an argument begin with math, or are names of packages.
        if (name is not ("rm" or "bf" or "it" or "cal" or "sf" or "tt" or "frak" or "scr")
            && name is not ("bfseries" or "boldmath" or "mit" or "normalfont")) return false;
        alphabet = MathAlphabet.Of(name);
        return true;
    }

    private static string? Size(string name) => name switch
    {
        "tiny" => "50%", "scriptsize" => "70%", "footnotesize" => "80%", "small" => "90%", "normalsize" => "100%",
        "large" => "120%", "Large" => "144%", "LARGE" => "173%", "huge" => "207%", "Huge" => "249%", _ => null,
    };

    /// <summary>A command that moves, hides or colours its argument.</summary>
    private Item? Placed(string name) => name switch
    {
        "phantom" => new($"<mphantom>{Argument()}</mphantom>"),
        "hphantom" => new($"<mpadded height=\"0\" depth=\"0\"><mphantom>{Argument()}</mphantom></mpadded>"),
        "vphantom" => new($"<mpadded width=\"0\"><mphantom>{Argument()}</mphantom></mpadded>"),
        "smash" => Smashed(),
        "mathllap" or "mathrlap" or "mathclap" or "llap" or "rlap" or "clap" =>
            new($"<mpadded width=\"0\">{Argument()}</mpadded>"),
        "mathstrut" or "strut" =>
            new("<mpadded width=\"0\"><mphantom><mo stretchy=\"false\">(</mo></mphantom></mpadded>", Kind.Space),
        "hspace" => Hspace(),
        "kern" or "hskip" or "mkern" or "mskip" => Gap(reader.Length()),
        "textcolor" => Colored("mathcolor"),
        "colorbox" => Colored("mathbackground"),
        "fcolorbox" => Framed(),
        _ => null,
    };

    private Item Smashed()
    {
        reader.Option();
        return new($"<mpadded height=\"0\" depth=\"0\">{Argument()}</mpadded>");
    }

    private Item Hspace()
    {
        reader.SkipSign('*');
        return Gap(reader.Group());
    }

    /// <summary>An empty space; a negative one is a step back, as browsers know no negative width.</summary>
    private static Item Gap(string length)
    {
        if (Em(length) is not { } width) throw new FormatException($"'{length.Trim()}' is not a length");
        var em = width.ToString("0.###", CultureInfo.InvariantCulture) + "em";
        return width >= 0 ? Item.Space(em) : new($"<mspace style=\"margin-left:{em}\"/>", Kind.Space);
    }

    private static double? Em(string length)
    {
        var match = TexLength().Match(length);
        if (!double.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number)) return null;
        double? unit = match.Groups[2].Value switch
        {
            "em" => 1, "ex" => 0.43, "mu" => 1 / 18.0, "pt" => 0.1, "px" => 0.075,
            "pc" => 1.2, "mm" => 0.28, "cm" => 2.8, "in" => 7.2, _ => null,
        };
        return unit is { } em ? Math.Clamp(number * em, -Widest, Widest) : null;
    }

    private Item Colored(string attribute)
    {
        var color = Color();
        // What is put on a colour is text, what is written in one is a formula.
        var argument = attribute == "mathcolor" ? Argument() : Text();
        return new($"<mstyle {attribute}=\"{color}\">{argument}</mstyle>");
    }

    private Item Framed()
    {
        Color();
        return new($"<mrow class=\"boxed\">{Colored("mathbackground").Xml}</mrow>");
    }

    private string Text() => new TexText(Inner).Of(reader.Group(), "").Element;

    private string Color()
    {
        var model = reader.Option();
        return TexColor.Css(model, reader.Group());
    }

    /// <summary>A command that numbers, names or links: a page shows its text only, or nothing.</summary>
    private Item? Kept(string name)
    {
        if (TexSymbols.Silent.Contains(name)) return Item.Nothing;
        if (TexSymbols.SilentWithArgument.Contains(name))
        {
            reader.SkipSign('*');
            reader.Group();
            return Item.Nothing;
        }
        switch (name)
        {
            case "tag":
                var bare = reader.SkipSign('*');
                var tag = bare ? Text() : $"<mo>(</mo>{Text()}<mo>)</mo>";
                return new($"<mrow><mspace width=\"2em\"/>{tag}</mrow>", Kind.Space);
            case "verb":
                return new($"<mtext class=\"tt\">{Item.Escape(reader.Verbatim())}</mtext>");
            case "ref" or "url":
                return new($"<mtext>{Item.Escape(reader.Group())}</mtext>");
            case "eqref":
                return new($"<mtext>({Item.Escape(reader.Group())})</mtext>");
            case "href" or "hyperref" or "texttip" or "bbox" or "class" or "style" or "cssId"
                or "htmlClass" or "htmlId" or "htmlStyle" or "htmlData":
                if (reader.Option() is null) reader.Group();
                return ArgumentItem();
            default:
                return null;
        }
    }

    [GeneratedRegex(@"^\s*([+-]?[0-9]*\.?[0-9]+)\s*([a-z]{2})")]
    private static partial Regex TexLength();
}
