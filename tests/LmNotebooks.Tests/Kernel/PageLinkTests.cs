using System.Text.RegularExpressions;
using static LmNotebooks.Tests.Kernel.Pages;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Links within a page lead somewhere, whoever wrote the table of contents.</summary>
public partial class PageLinkTests
{
    [Theory]
    [InlineData("## Loading the data", "#loading-the-data", "#Loading-the-data")]
    [InlineData("## 2. Training", "#2-training", "#2.-Training")]
    [InlineData("## Über Gewichte", "#über-gewichte", "#Über-Gewichte", "#%C3%9Cber-Gewichte")]
    [InlineData("# What's *new* in `Lm_2`?", "#whats-new-in-lm_2", "#What's-new-in-Lm_2?")]
    [InlineData("## Cost & time", "#cost--time", "#Cost-&amp;-time")]
    [InlineData("Title\n=====", "#title", "#Title")]
    [InlineData("## Same\n\n## Same\n\n## Same", "#same", "#same-1", "#same-2", "#Same")]
    [InlineData("<a id=\"Here\"></a>\n\n## There", "#Here", "#there")]
    [InlineData("<a name=\"here\">\n\n## Here", "#here", "#here-1", "#Here")]
    [InlineData("<h2 id=x>Title</h2>", "#x", "#title", "#Title")]
    [InlineData("<div id='box'>\n\n### In a box\n\n</div>", "#box", "#in-a-box")]
    public void A_link_of_a_table_of_contents_lands(string markdown, params string[] links)
    {
        var html = Html(Markdown(string.Join("\n", links.Select(link => $"- [to]({link})"))), Markdown(markdown));
        var ids = Id().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids, ids.Distinct());
        Assert.All(Href().Matches(html), link => Assert.Contains(Uri.UnescapeDataString(link.Groups[1].Value), ids));
    }

    [Fact]
    public void An_output_keeps_its_ids_and_references_to_itself_and_takes_no_place_of_a_heading()
    {
        const string Svg =
            "<svg><defs><clipPath id=\"the-idea\"/></defs><g clip-path=\"url(#the-idea)\" fill=\"#abc\"/><use "
            + "href=\"#the-idea\"/></svg>";
        var html = Html(Code("x", Result(("image/svg+xml", Svg)), Result(("image/svg+xml", Svg))),
            Markdown("## The idea"));
        Assert.Contains("<h2 id=\"the-idea\">", html);
        foreach (var id in new[] { "output-the-idea", "output-the-idea-1" })
            Assert.Contains($"<clipPath id=\"{id}\"></clipPath></defs><g clip-path=\"url(#{id})\" "
                + $"fill=\"#abc\"></g><use href=\"#{id}\"></use>", html);
    }

    [GeneratedRegex("\\bid=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Href();
}
