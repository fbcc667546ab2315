using System.Text;
using System.Xml;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>Converts the formulas of one page from TeX to MathML Core, which browsers draw without a script or a font
/// of ours. A macro that one formula defines is known to those after it.</summary>
public sealed class TexToMathMl
{
    private const int QuotedLength = 80;
    private readonly TexMacros macros = new();

    /// <summary>The formula as markup that is well-formed and inert whatever the text: without scripts, handlers and
    /// addresses.</summary>
    /// <param name="display">Whether the formula stands alone, with limits above and below its sums.</param>
    public Formula Convert(string tex, bool display)
    {
        tex = Printable(tex);
        try
        {
            var rows = new TexParser(new TexReader(tex, macros), macros).Whole();
            return new Formula($"<math{(display ? " display=\"block\"" : "")}>{rows}</math>");
        }
        catch (FormatException e)
        {
            var problem = $"the formula ${Beginning(tex)}$ is shown as its TeX: {e.Message}.";
            var dollars = display ? "$$" : "$";
            var shown = $"{dollars}{Item.Escape(tex.Trim())}{dollars}";
            return new Formula($"<code class=\"tex\" title=\"{Item.Escape(problem)}\">{shown}</code>", problem);
        }
    }

    private static string Beginning(string tex)
    {
        var line = tex.Trim().ReplaceLineEndings(" ");
        if (line.Length <= QuotedLength) return line;
        var end = char.IsHighSurrogate(line[QuotedLength - 1]) ? QuotedLength - 1 : QuotedLength;
        return line[..end] + "…";
    }

    /// <summary>The text without characters that XML does not know, such as halves of others.</summary>
    private static string Printable(string tex)
    {
        var text = new StringBuilder(tex.Length);
        foreach (var rune in tex.EnumerateRunes())
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) text.Append(rune);
        return text.ToString();
    }
}
