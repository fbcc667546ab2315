using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>Source code as a block of HTML: C# in colours, other languages as they are.</summary>
/// <remarks>A page is written whatever its blocks hold: this expression takes time in proportion to the text and calls
/// nothing that calls itself, which neither Roslyn's lexer nor the colouring libraries with their patterns for each
/// language promise.</remarks>
public static class CSharpHtml
{
    private static readonly Regex Part = new("""
        (?<comment>//[^\n]*|/\*(?:.|\n)*?\*/)
        |(?<directive>^[ \t]*\#[^\n]*)
        |(?<string>\$*"{3}(?:.|\n)*?"{3,}
          |(?:@\$?|\$@)"(?:[^"]|"")*"
          |\$"(?:[^"\\{\n]|\\.|\{\{|\{(?:[^{}"\n]|"[^"\n]*")*\})*"
          |"(?:[^"\\\n]|\\.)*"
          |'(?:[^'\\\n]|\\[^\n]+?)')
        |(?<word>@?[\p{L}_]\w*)
        """, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
            | RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline);

    private static readonly FrozenSet<string> Languages =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "csharp", "cs", "c#");
    private static readonly FrozenSet<string> Reserved = Texts(SyntaxFacts.GetReservedKeywordKinds());
    private static readonly FrozenSet<string> Contextual =
        Texts([.. SyntaxFacts.GetContextualKeywordKinds(), SyntaxKind.VarKeyword]);

    /// <param name="language">As it stands behind the fence of a Markdown block.</param>
    public static string Block(string source, string language) =>
        $"<pre>{(Languages.Contains(language) ? Coloured(source) : WebUtility.HtmlEncode(source))}</pre>\n";

    private static string Coloured(string source)
    {
        var html = new StringBuilder();
        var end = 0;
        foreach (Match part in Part.Matches(source))
        {
            html.Append(WebUtility.HtmlEncode(source[end..part.Index]));
            end = part.Index + part.Length;
            var text = WebUtility.HtmlEncode(part.Value);
            html.Append(Kind(part, source.AsSpan(end)) is { } kind ? $"<span class=\"{kind}\">{text}</span>" : text);
        }
        return html.Append(WebUtility.HtmlEncode(source[end..])).ToString();
    }

    /// <summary>Words such as <c>var</c> and <c>with</c> are keywords only where another word or a block
    /// follows.</summary>
    private static string? Kind(Match part, ReadOnlySpan<char> rest) =>
        part.Groups["comment"].Success ? "comment"
        : part.Groups["directive"].Success ? "directive"
        : part.Groups["string"].Success ? "string"
        : Reserved.Contains(part.Value) ? "keyword"
        : Contextual.Contains(part.Value) && rest.TrimStart() is [var next, ..]
            && (char.IsLetter(next) || next is '_' or '{') ? "keyword" : null;

    private static FrozenSet<string> Texts(IEnumerable<SyntaxKind> kinds) => kinds.Select(SyntaxFacts.GetText)
        .ToFrozenSet(StringComparer.Ordinal);
}
