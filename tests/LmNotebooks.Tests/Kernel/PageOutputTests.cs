using System.Text.Json.Nodes;
using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;
using static LmNotebooks.Tests.Kernel.Pages;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Forms of outputs other than HTML, charts and text.</summary>
public class PageOutputTests
{
    [Theory]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    [InlineData("image/gif")]
    [InlineData("image/webp")]
    [InlineData("image/avif")]
    [InlineData("image/bmp")]
    public void A_picture_is_shown_instead_of_its_words(string mime) =>
        Assert.Contains($"<div><img alt=\"a &lt;dot&gt;\" src=\"data:{mime};base64,{Png}\"></div>",
            Html(Code("x", Result(("text/plain", "a <dot>"), (mime, $"{Png[..30]}\n{Png[30..]}\n")))));

    [Fact]
    public void A_picture_that_is_none_is_shown_in_its_words() =>
        Assert.Contains("<pre>words</pre>", Html(Code("x",
            Result(("text/plain", "words"), ("image/png", "no base 64!")))));

    [Theory]
    [InlineData("""{"image/png":{"width":300,"height":200.4}}""", " width=\"300\" height=\"200\">")]
    [InlineData("""{"image/png":{"width":"300","height":-1}}""", $"base64,{Png}\">")]
    [InlineData("""{"image/png":7,"width":5}""", $"base64,{Png}\">")]
    public void A_picture_has_the_size_that_its_metadata_says(string metadata, string end)
    {
        var output = Result(("image/png", Png));
        output["metadata"] = JsonNode.Parse(metadata);
        Assert.Contains(end, Html(Code("x", output)));
    }

    [Theory]
    [InlineData("$\\displaystyle x^{2}$")]
    [InlineData("$$x^{2}$$")]
    [InlineData("\\[x^{2}\\]")]
    [InlineData("x^{2}")]
    [InlineData("so $x^{2}$ and $y$")]
    public void Latex_is_drawn(string tex)
    {
        var html = Html(Code("x", Result(("text/plain", "x**2"), ("text/latex", tex))));
        Assert.Contains("<msup><mi>x</mi>", html);
        Assert.DoesNotContain("x**2", html);
    }

    [Fact]
    public void A_drawing_of_a_thousand_shapes_is_drawn()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        var page = HtmlPage.Render(Book(Chart(new Figure("many", new Axis("x"), new Axis("y"),
            [new Dots("dot", values, values)], "A thousand dots."))), "t", ".");
        Assert.Empty(page.Warnings);
        Assert.InRange(page.Html.Split("<ellipse").Length, 1000, 1010);
    }

    /// <summary>As HTML reads them, none of these closes itself: the first tags lead out of the drawing.</summary>
    [Theory]
    [InlineData("<svg><p/>", "<rect x=\"1\"/>")]
    [InlineData("<svg></svg>", "<rect x=\"1\"/>")]
    [InlineData("<svg><foreignObject>", "<rect x=\"1\"/>")]
    [InlineData("<svg><title>a<g>", "<rect x=\"1\"/>")]
    [InlineData("<svg><desc>a<g>", "<rect x=\"1\"/>")]
    [InlineData("<svg><title>a</desc>", "<rect x=\"1\"/>")]
    [InlineData("<!--<svg>-->", "<rect x=\"1\"/>")]
    [InlineData("<svg>", "<rect x=1/>")]
    [InlineData("<svg>", "<div/>")]
    [InlineData("<svg>", "<g>")]
    public void What_only_looks_closed_is_shown_as_text_where_it_is_deep(string begin, string more)
    {
        var html = begin + string.Concat(Enumerable.Repeat(more, 2000));
        var page = HtmlPage.Render(Book(Code("x", Result(("text/html", html), ("text/plain", "words")))), "t", ".");
        Assert.Contains("nested too deeply", Assert.Single(page.Warnings));
    }

    [Fact]
    public void Json_is_shown_in_lines_and_folded_where_it_is_long()
    {
        Assert.Contains("<pre>{\n  &quot;a&quot;: [\n    1\n  ]\n}</pre>",
            Shown(new JsonObject { ["a"] = new JsonArray(1) }));
        Assert.Contains("<details><summary>JSON, 102 lines</summary><pre>",
            Shown(new JsonArray([.. Enumerable.Range(0, 100).Select(i => (JsonNode)i)])));

        static string Shown(JsonNode json)
        {
            var output = Result(("text/plain", "{...}"));
            output["data"]!["application/json"] = json;
            return Html(Code("x", output));
        }
    }

    [Theory]
    [InlineData("application/javascript", "alert(1)")]
    [InlineData("text/html", "<div id=\"plot\"></div><script>draw()</script>")]
    public void A_script_is_not_run_and_the_page_says_so(string mime, string script)
    {
        const string Said = "<p class=\"missing\">The script of this output is not run on a page.</p>";
        Assert.Contains($"<div>{Said}</div>", Html(Code("x", Result((mime, script)))));
        Assert.Contains($"<div>{Said}<pre>a plot</pre></div>",
            Html(Code("x", Result(("text/plain", "a plot"), (mime, script)))));
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("application/vnd.jupyter.widget-view+json")]
    [InlineData("text/vnd.mermaid")]
    public void A_form_that_pages_do_not_know_is_shown_in_its_words(string mime) =>
        Assert.Contains("<div><pre>words</pre></div>", Html(Code("x", Result(("text/plain", "words"), (mime, "x")))));

    [Fact]
    public void Our_own_outputs_come_onto_the_page_as_they_are()
    {
        const string Check =
            "<div><b style=\"color:#d55e00\">✗</b> Not yet.<details><summary>Hint</summary>Think.</details></div>";
        const string Bars =
            "<table><tbody><tr><td>Joint</td><td><progress value=\"3\" "
            + "max=\"9\"></progress></td></tr></tbody></table><div style=\"max-width:480px\">"
            + "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 420\" width=\"720\" height=\"420\" "
                + "role=\"img\" aria-label=\"c\" style=\"max-width:100%;height:auto\">"
            + "<title>c</title><defs><clipPath id=\"output-c1\"><rect x=\"1\" y=\"2\"></rect></clipPath></defs><g "
                + "clip-path=\"url(#output-c1)\"><polyline points=\"1,2 3,4\" "
            + "shape-rendering=\"geometricPrecision\" style=\"fill:none;stroke:rgb(0,114,178);stroke-width:2;stroke-linejoin:bevel;stroke-dasharray:5,2\"></polyline></g>"
            + "<text dominant-baseline=\"middle\" text-anchor=\"end\" transform=\"translate(1,2)\" "
                + "font-family=\"Arial\" font-size=\"13\" font-weight=\"400\" "
                + "fill=\"rgb(1,2,3)\">0.5</text></svg></div>";
        Assert.Contains($"<div>{Check}</div>", Html(Code("x", Result(("text/html", Check)))));
        Assert.Contains($"<div tabindex=\"0\">{Bars}</div>",
            Html(Code("x", Result(("text/html", Bars.Replace("output-", ""))))));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"raw_mimetype":"text/html"}""", true)]
    [InlineData("""{"raw_mimetype":"text/latex"}""", false)]
    [InlineData("""{"format":"text/restructuredtext"}""", false)]
    public void Raw_cells_for_pages_are_shown_as_text(string metadata, bool shown)
    {
        var html = Html(new JsonObject { ["cell_type"] = "raw", ["source"] = "<b>raw",
            ["metadata"] = JsonNode.Parse(metadata) });
        Assert.Equal(shown, html.Contains("<pre>&lt;b&gt;raw</pre>"));
    }
}
