using LmNotebooks.Kernel.Formulas;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The Markdown cells of one page as HTML: the Markdown that notebook editors show, formulas as MathML,
/// coloured code.</summary>
/// <param name="warn">Told what cannot be shown as the notebook does.</param>
internal sealed class MarkdownHtml(Action<string> warn)
{
    // Only what VS Code and Jupyter also understand: a page must not show more, or other things, than the notebook did.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .Use<MarkdownFormulas.Extension>().Build();

    private readonly TexToMathMl converter = new();

    /// <summary>A text that is nested too deeply stands there as it was written.</summary>
    public string Render(string markdown)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new FormulaRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new ColouredCode());
        try
        {
            var formulas = new MarkdownFormulas(markdown, Formula);
            renderer.Render(formulas.Parse(Pipeline));
            return formulas.Unmark(writer.ToString());
        }
        catch (ArgumentException)
        {
            warn("Markdown that is nested too deeply is shown as text.");
            return CSharpHtml.Block(markdown, language: "");
        }
    }

    /// <summary>What a computer algebra system shows: one formula, with or without its dollars, or a text with
    /// several.</summary>
    public string Latex(string text)
    {
        var tex = text.Trim();
        if (tex.StartsWith(@"\[", StringComparison.Ordinal) && tex.EndsWith(@"\]", StringComparison.Ordinal))
            tex = tex[2..^2];
        return tex.Contains('$') ? Render(tex) : Formula(tex, display: true);
    }

    private string Formula(string tex, bool display)
    {
        var shown = converter.Convert(tex, display);
        if (shown.Problem is { } problem) warn(problem);
        return shown.Html;
    }

    private sealed class FormulaRenderer : HtmlObjectRenderer<MarkdownFormulas.Inline>
    {
        protected override void Write(HtmlRenderer renderer, MarkdownFormulas.Inline inline)
        {
            if (renderer.EnableHtmlForInline) renderer.Write(inline.Formula.Html);
            else renderer.WriteEscape(inline.Content);
        }
    }

    private sealed class ColouredCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code) =>
            renderer.Write(CSharpHtml.Block(code.Lines.ToString(), (code as FencedCodeBlock)?.Info ?? ""));
    }
}
