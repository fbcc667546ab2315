using System.Net;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Notebooks;
using static LmNotebooks.Tests.Kernel.Pages;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Code on pages: C# in colours, other languages as they are, none at the cost of the page.</summary>
public partial class CSharpHtmlTests
{
    private const int Many = 20_000;

    [Theory]
    [InlineData("return x;", "[keyword:return] x;")]
    [InlineData("var value = await Get(value);", "[keyword:var] value = [keyword:await] Get(value);")]
    [InlineData("a with { B = 1 }", "a [keyword:with] { B = 1 }")]
    [InlineData("record P(int A);", "[keyword:record] P([keyword:int] A);")]
    [InlineData("@class.returned", "@class.returned")]
    [InlineData("#r \"a.dll\"\nx", "[directive:#r \"a.dll\"]\nx")]
    [InlineData("x // y \"z\"\n/* a\nb */ c", "x [comment:// y \"z\"]\n[comment:/* a\nb */] c")]
    [InlineData("\"a \\\" // b\" + 'c' + '\\''", "[string:\"a \\\" // b\"] + [string:'c'] + [string:'\\'']")]
    [InlineData("@\"a\\\" + @$\"b\"\"c\"", "[string:@\"a\\\"] + [string:@$\"b\"\"c\"]")]
    [InlineData("$\"a {F(\"b\")} {{c\"; d", "[string:$\"a {F(\"b\")} {{c\"]; d")]
    [InlineData("\"\"\"\na \"b\" c\n\"\"\"; d", "[string:\"\"\"\na \"b\" c\n\"\"\"]; d")]
    [InlineData("\"no end\nvar x", "\"no end\n[keyword:var] x")]
    public void CSharp_is_coloured(string source, string coloured) =>
        Assert.Equal($"<pre>{coloured}</pre>\n", Span()
            .Replace(WebUtility.HtmlDecode(CSharpHtml.Block(source, "csharp")), "[$1:$2]"));

    [Property]
    public void Colours_change_no_character(string[] texts, byte[] choices)
    {
        string[] special = ["\"", "$\"", "@\"", "\"\"\"", "{", "}", "//", "/*", "*/", "'", "\\", "#", "\n", "var ",
            "<", "&"];
        var source = string.Concat(choices.Select((c, i) =>
            special[c % special.Length] + (texts.ElementAtOrDefault(i) ?? "")));
        var (coloured, plain) = (CSharpHtml.Block(source, "csharp"), CSharpHtml.Block(source, ""));
        Assert.Equal(plain, Regex.Replace(coloured, "</?span[^>]*>", ""));
    }

    [Theory]
    [InlineData("json", "{\n  \"notes\": [\n    \"the first sentence of this list is of ordinary length\",\n",
        "    \"the second sentence of this list is of ordinary length\",\n")]
    [InlineData("html", "<a ", "b=\"c\" d ")]
    [InlineData("css", "a { b: ", "c d, ")]
    [InlineData("markdown", "*a ", "_b **c ")]
    [InlineData("powershell", "$a = \"", "`\" $(")]
    [InlineData("haskell", "{- ", "{- a ")]
    [InlineData("koka", "\"", "\\\" a")]
    [InlineData("csharp", "/*", "\n")]
    [InlineData("csharp", "", "$\"{")]
    [InlineData("csharp", "\"", "\\")]
    [InlineData("C#", "", "\"\"\" ")]
    public void A_page_is_written_whatever_its_blocks_hold(string language, string begin, string more)
    {
        var text = begin + string.Concat(Enumerable.Repeat(more, Many));
        var html = Html(Markdown($"~~~{language}\n{text}\n~~~"), Markdown("after"), Code(text));
        Assert.Contains("<p>after</p>", html);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b a=\"{0}\">")]
    [InlineData("<div></b>")]
    [InlineData("<table><tr><td>")]
    [InlineData("> ")]
    [InlineData("[")]
    public void Deep_nesting_is_shown_as_text_with_a_warning(string element)
    {
        var text = string.Concat(Enumerable.Range(0, Many).Select(i => string.Format(element, i)));
        var page = LmNotebooks.Kernel.Notebooks.HtmlPage.Render(Book(Markdown(text), Markdown("after")), "t", ".");
        Assert.Contains("nested too deeply", Assert.Single(page.Warnings));
        Assert.Contains("<p>after</p>", page.Html);
    }

    [GeneratedRegex("<span class=\"(\\w+)\">(.*?)</span>", RegexOptions.Singleline)]
    private static partial Regex Span();
}
