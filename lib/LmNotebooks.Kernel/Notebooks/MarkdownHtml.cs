using System.Net;
using ColorCode;
using LmNotebooks.Kernel.Formulas;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The Markdown cells of one page as HTML: the Markdown that notebook editors show, formulas as MathML, coloured code.</summary>
/// <param name="folder">Where the paths of pictures begin.</param>
internal sealed class MarkdownHtml(string folder)
{
    // Only what VS Code and Jupyter also understand: a page must not show more, or other things, than the notebook did.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Use<MarkdownFormulas.Extension>().Build();

    private readonly TexToMathMl converter = new();
    private readonly HashSet<string> ids = [];
    private readonly List<string> warnings = [];

    /// <summary>The sentences on what <see cref="Render"/> could not show as the notebook does, since the last call.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        var taken = warnings.Distinct().ToList();
        warnings.Clear();
        return taken;
    }

    /// <exception cref="FormatException">The text is nested too deeply.</exception>
    public string Render(string markdown)
    {
        var (document, formulas) = Parse(markdown);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.GetAttributes().Id = Unique(heading.GetAttributes().Id ?? "section");
        foreach (var picture in document.Descendants<LinkInline>().Where(l => l.IsImage)) picture.Url = Embedded(picture.Url ?? "");
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new FormulaRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new ColoredCode());
        renderer.Render(document);
        return formulas.Unmark(writer.ToString());
    }

    private (MarkdownDocument, MarkdownFormulas) Parse(string markdown)
    {
        try
        {
            var formulas = new MarkdownFormulas(markdown, Formula);
            return (formulas.Parse(Pipeline), formulas);
        }
        catch (ArgumentException)
        {
            var beginning = markdown[..Math.Min(markdown.Length, 20)].ReplaceLineEndings(" ");
            throw new FormatException($"The Markdown cell that begins with '{beginning}' is nested too deeply.");
        }
    }

    /// <summary>Source code as a coloured block; plain where the language is not known.</summary>
    public static string Code(string source, string language)
    {
        var known = language == "" ? null : ColorCode.Languages.FindById(language);
        return known is null ? $"<pre>{WebUtility.HtmlEncode(source)}</pre>\n" : new HtmlClassFormatter().GetHtmlString(source, known);
    }

    /// <summary>A picture beside the notebook as a part of the page; others stay where they are.</summary>
    private string Embedded(string url)
    {
        var path = Path.Combine(folder, url);
        var mime = Path.GetExtension(path).ToLowerInvariant() switch { ".svg" => "image/svg+xml", ".png" => "image/png", ".jpg" or ".jpeg" => "image/jpeg", _ => null };
        return mime is null || !File.Exists(path) ? url : $"data:{mime};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
    }

    private string Unique(string id)
    {
        var free = id;
        for (var n = 1; !ids.Add(free); n++) free = $"{id}-{n}";
        return free;
    }

    private string Formula(string tex, bool display)
    {
        var formula = converter.Convert(tex, display);
        if (formula.Problem is { } problem) warnings.Add(problem);
        return formula.Html;
    }

    private sealed class FormulaRenderer : HtmlObjectRenderer<MarkdownFormulas.Inline>
    {
        protected override void Write(HtmlRenderer renderer, MarkdownFormulas.Inline inline)
        {
            if (renderer.EnableHtmlForInline) renderer.Write(inline.Formula.Html);
            else renderer.WriteEscape(inline.Content);
        }
    }

    private sealed class ColoredCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code) => renderer.Write(Code(code.Lines.ToString(), (code as FencedCodeBlock)?.Info ?? ""));
    }
}
