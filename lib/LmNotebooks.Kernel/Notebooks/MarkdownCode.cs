using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The parts of a Markdown text in which nothing is a formula: code, addresses, and the tags and comments of
/// HTML.</summary>
internal static partial class MarkdownCode
{
    private const char Covering = '\uFDDF';
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UsePreciseSourceLocation().Build();

    /// <summary>The text with these parts covered by characters that mean nothing; as long as it was.</summary>
    /// <exception cref="ArgumentException">The text is nested too deeply for Markdown.</exception>
    public static string Cover(string markdown)
    {
        var text = markdown.ToCharArray();
        foreach (var part in Markdown.Parse(markdown, Pipeline).Descendants())
            switch (part)
            {
                case CodeBlock or CodeInline or AutolinkInline or HtmlInline or LinkReferenceDefinition:
                case LinkInline { IsAutoLink: true }:
                case HtmlBlock { Type: not (HtmlBlockType.InterruptingBlock or HtmlBlockType.NonInterruptingBlock) }:
                    Cover(text, part.Span);
                    break;
                case HtmlBlock html:    // with text between its tags
                    foreach (var tag in Tag().EnumerateMatches(markdown.AsSpan(html.Span.Start, html.Span.Length)))
                        Cover(text, new(html.Span.Start + tag.Index, html.Span.Start + tag.Index + tag.Length - 1));
                    break;
                case LinkInline link:
                    Cover(text, link.UrlSpan);
                    break;
            }
        return new string(text);
    }

    // Lines stay: they end paragraphs.
    private static void Cover(char[] text, SourceSpan span)
    {
        for (var i = Math.Max(0, span.Start); i <= span.End && i < text.Length; i++)
            if (text[i] is not ('\n' or '\r')) text[i] = Covering;
    }

    [GeneratedRegex("<!--.*?-->|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", RegexOptions.Singleline)]
    private static partial Regex Tag();
}
