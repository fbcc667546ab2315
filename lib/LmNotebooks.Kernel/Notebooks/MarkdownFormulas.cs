using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The formulas of a Markdown text, taken out before Markdown reads it, as Jupyter does it: so it changes
/// nothing in them, and they may have bars in a table and lines that begin like a list. In the text a mark stands for
/// each.</summary>
public sealed partial class MarkdownFormulas
{
    // Unicode keeps these characters for use within programs: no text has them.
    private const char MarkStart = '\uFDD0', MarkZero = '\uFDD1', MarkEnd = '\uFDDB';

    private readonly List<Formula> formulas = [];

    /// <param name="show">The HTML of a formula, from its TeX and whether it stands alone. Asked in the order of the
    /// text: what one formula defines, those after it use.</param>
    /// <exception cref="ArgumentException">The text is nested too deeply for Markdown.</exception>
    public MarkdownFormulas(string markdown, Func<string, bool, string> show)
    {
        markdown = Internal().Replace(markdown, "\uFFFD");
        var marked = new StringBuilder();
        var at = 0;
        foreach (var found in FormulaSearch.In(markdown))
        {
            marked.Append(markdown, at, found.Start - at).Append(Mark(formulas.Count));
            formulas.Add(new(markdown[found.Start..found.End], show(Unquoted(markdown, found), found.Display)));
            at = found.End;
        }
        Text = marked.Append(markdown, at, markdown.Length - at).ToString();
    }

    /// <param name="Source">As it stands in the text.</param>
    public sealed record Formula(string Source, string Html);

    /// <summary>A formula in a Markdown document; to those who ask for text it is its source.</summary>
    public sealed class Inline(Formula formula) : LiteralInline(formula.Source)
    {
        public Formula Formula { get; } = formula;
    }

    /// <summary>The text with a mark in place of each formula.</summary>
    public string Text { get; }

    /// <summary>The document of <see cref="Text"/>, with an <see cref="Inline"/> for each mark that Markdown
    /// reads.</summary>
    public Markdig.Syntax.MarkdownDocument Parse(MarkdownPipeline pipeline)
    {
        var context = new MarkdownParserContext();
        context.Properties[typeof(MarkdownFormulas)] = this;
        return Markdown.Parse(Text, pipeline, context);
    }

    /// <summary>The page with the formulas that are left in it as marks, where Markdown read nothing, as in
    /// HTML.</summary>
    public string Unmark(string html) => Marks().Replace(html, m => At(m.Value)?.Html ?? "");

    private static string Mark(int number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)(MarkZero + digit - '0'));
        return $"{MarkStart}{string.Concat(digits)}{MarkEnd}";
    }

    private Formula? At(string mark)
    {
        var number = 0;
        foreach (var digit in mark[1..^1]) number = Math.Min(10 * number + digit - MarkZero, formulas.Count);
        return number < formulas.Count ? formulas[number] : null;
    }

    /// <summary>The formula's TeX, without the signs of the quotation that its lines stand in.</summary>
    private static string Unquoted(string markdown, FormulaSearch.Found found)
    {
        var tex = markdown[found.TexStart..found.TexEnd];
        if (!tex.Contains('\n')) return tex;
        var line = markdown.LastIndexOf('\n', Math.Max(0, found.Start - 1)) + 1;
        return Quotation().IsMatch(markdown[line..found.Start]) ? QuotedLine().Replace(tex, "\n") : tex;
    }

    /// <summary>Lets Markdown read the marks.</summary>
    public sealed class Extension : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new MarkParser());

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
        }
    }

    private sealed class MarkParser : InlineParser
    {
        public MarkParser() => OpeningCharacters = [MarkStart];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var mark = Marks().Match(slice.Text, slice.Start, slice.Length);
            if (!mark.Success || mark.Index != slice.Start) return false;
            if (processor.Context?.Properties[typeof(MarkdownFormulas)] is not MarkdownFormulas all) return false;
            if (all.At(mark.Value) is not { } formula) return false;
            processor.Inline = new Inline(formula);
            slice.Start += mark.Length;
            return true;
        }
    }

    [GeneratedRegex("[\uFDD0-\uFDEF]")]
    private static partial Regex Internal();

    [GeneratedRegex("\uFDD0[\uFDD1-\uFDDA]+\uFDDB")]
    private static partial Regex Marks();

    [GeneratedRegex(@"^[ \t]*(?:>[ \t]?)+[ \t]*$")]
    private static partial Regex Quotation();

    [GeneratedRegex(@"\n[ \t]*(?:>[ \t]?)+")]
    private static partial Regex QuotedLine();
}
