using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Tests.Charts;
using Microsoft.Playwright;
using static LmNotebooks.Tests.Kernel.Pages;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Whatever a notebook holds: no script of it runs in the reader's copy, it asks the network for nothing, and
/// what comes after an output stays to be seen and to be clicked. Judged by a browser.</summary>
public sealed partial class HostilePageTests(Browser browser) : IClassFixture<Browser>
{
    private const string Script = "window.pwned=1;document.title='pwned'", Tag = $"<script>{Script}</script>";

    /// <summary>HTML that others may put into outputs, Markdown and pictures.</summary>
    private static readonly string[] Html =
    [
        "<form><textarea>your answer", "<p>a</p><!-- b", "<p>a</p><!--> b --",
            "<style>section { display: none }</style>c", "<style>c", "<svg><title>loss", "<title>c",
        "<table><tr><td>1", "<plaintext>c", "<xmp>c", "<noscript>c", "<iframe>c", "<template>c", "<select><option>c",
            "<button>c", "<object>c", "<math><mtext>c",
        "<details><summary>c", "<a href=#x>c", "<b><i><u>c", "</div></div></section></main></body></html>c",
            "<noembed>c", "<noframes>c", "<frameset><frame>", "<dialog open>c",
        "<svg><style>* { display: none }", "<svg><foreignObject>", "<head><body><html>", "<![CDATA[ c", "<?php c",
            "<audio>c", "<video>c", "<canvas>c", "<marquee>c", "<ruby><rt>c",
        "<div style=\"position:fixed;top:0;left:0;width:100vw;height:100vh;background:red;z-index:9999\">c</div>",
        "<div style=\"position:\\66ixed;inset:0;background:red\">c</div>",
            "<div style=\"margin:-3000px;height:9000px;background:red\">c</div>",
        "<div style=\"transform:scale(100);background:red\">c</div>",
            "<div style=\"float:left;height:300px;box-shadow:0 0 0 9999px red\">c</div>",
        "<svg style=\"overflow:visible\"><rect x=-5000 y=-5000 width=10000 height=10000 fill=red /></svg>",
        $"<meta http-equiv=refresh content=\"0;url=data:text/html,{Tag}\">c",
            "<meta http-equiv=refresh content=\"0;url=https://example.org/\">", "<base href=\"https://example.org/\">c",
        "<link rel=stylesheet href=\"https://example.org/a.css\">c", "<img src=\"https://example.org/a.png\">",
            "<img srcset=\"https://example.org/a.png 1x\">",
        "<p style=\"background:url(https://example.org/a.png)\">c",
            "<style>@import 'https://example.org/a.css'</style>",
            "<svg><image href=\"https://example.org/a.png\" /></svg>",
        "<svg><use href=\"https://example.org/a.svg#a\" /></svg>", "<video poster=\"https://example.org/a.png\">",
            "<input type=image src=\"https://example.org/a.png\">",
        Tag, $"<SCRIPT >{Script}</SCRIPT >", "<script src=\"https://example.org/a.js\"></script>",
            $"<script type=module>{Script}</script>", $"<scr<script>ipt>{Script}</scr</script>ipt>",
        $"<svg>{Tag}</svg>", $"<svg onload=\"{Script}\">",
            $"<svg><script>{Script.Replace("'", "&#39;")}</script></svg>",
            $"<svg><animate onbegin=\"{Script}\" attributeName=x dur=1s>",
        $"<svg><a><animate attributeName=href values=\"javascript:{Script}\" /><text x=20 y=20>c</text></a></svg>",
        $"<svg><foreignObject><iframe srcdoc=\"{Tag}\"></iframe></foreignObject></svg>",
            $"<svg><use href=\"data:image/svg+xml,<svg id=a onload={Script}>#a\" /></svg>",
        $"<img src=x onerror=\"{Script}\">", $"<img src=x onerror={Script}//", $"<img/src=x/onerror={Script}>",
            $"<body onload=\"{Script}\">", $"<details open ontoggle=\"{Script}\">c</details>",
        $"<input autofocus onfocus=\"{Script}\">", $"<video><source onerror=\"{Script}\"></video>",
            $"<audio src=x onerror=\"{Script}\">", $"<marquee onstart=\"{Script}\">c</marquee>",
        $"<iframe srcdoc=\"{Tag.Replace("<", "&lt;")}\"></iframe>",
            $"<iframe src=\"javascript:parent.{Script}\"></iframe>", $"<object data=\"data:text/html,{Tag}\"></object>",
        $"<embed src=\"javascript:{Script}\">", $"<a href=\"javascript:{Script}\">c</a>",
            $"<a href=\"java\tscript:{Script}\">c</a>", $"<a href=\"&#106;avascript&colon;{Script}\">c</a>",
        $"<a href=\" \u0001JaVaScRiPt:{Script}\">c</a>", $"<a href=\"vbscript:{Script}\">c</a>",
            $"<a href=\"data:text/html,{Tag}\">c</a>",
            $"<svg><a xlink:href=\"javascript:{Script}\"><text y=20>c</text></a></svg>",
        $"<math href=\"javascript:{Script}\">c</math>",
            $"<math><maction actiontype=statusline xlink:href=\"javascript:{Script}\">c</maction></math>",
        $"<form action=\"javascript:{Script}\"><input type=submit></form>",
            $"<form><button formaction=\"javascript:{Script}\">c</button></form>",
            $"<isindex action=\"javascript:{Script}\" type=submit>",
        $"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={Script}&gt;\">",
        $"<svg></p><style><a id=\"</style><img src=1 onerror={Script}>\">",
            $"<noscript><p title=\"</noscript><img src=x onerror={Script}>\">",
            $"<!--><img src=x onerror={Script}>-->", $"<!--a--!><img src=x onerror={Script}>",
        $"<form><math><mtext></form><form><mglyph><style></math><img src onerror={Script}>",
            $"<math><annotation-xml encoding=\"text/html\"><style><img title=\"</style><img src onerror={Script}>\">",
        $"<template><s><template><s><img src=x onerror={Script}>x</s></template>",
            $"<xss style=\"animation-name:x\" onanimationstart=\"{Script}\">c</xss>",
            $"<p style=\"width: expression({Script})\">c</p>",
        "<img name=querySelectorAll><img name=getElementById><form name=body><input name=classList></form>",
            "<a id=Plotly></a><a id=Plotly name=newPlot>c</a>",
        "<div id=js-plotly-tester>c</div><div class=\"drawn chart picture\">c</div><figure><div></div><script "
            + "type=\"application/json\">{}</script></figure>",
        $"<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x \"{Tag}\">]><svg "
            + "xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>",
    ];

    /// <summary>Cells that carry it in other places: in each, something was once shown as HTML by a program that draws
    /// notebooks.</summary>
    private static IEnumerable<(string Name, JsonObject Cell)> Elsewhere()
    {
        const string Quoted = $"\"'>{Tag}<img src=x onerror={Script}>";
        yield return ("language of a block", Markdown($"```{Quoted.Replace(" ", "")}\nx\n```"));
        yield return ("words for a picture", Markdown($"![{Quoted}](none.png)"));
        yield return ("formula in the words for a picture", Markdown($"![$x$ {Quoted}](none.png \"{Script}\")"));
        yield return ("formula", Markdown($"$\\text{{{Tag}}}$ and $${Quoted}$$"));
        yield return ("link", Markdown($"[c](javascript:{Script}) <javascript:{Script}> [d](<java\nscript:{Script}>)"));
        yield return ("heading", Markdown($"## c `{Tag}` {Quoted}"));
        yield return ("attachment", With(Markdown("![](attachment:a)"), "attachments",
            new JsonObject { ["a"] = new JsonObject { ["image/png"] = Quoted, ["image/svg+xml"] = Quoted } }));
        yield return ("count", With(Code("x"), "execution_count", Quoted));
        yield return ("raw", new JsonObject { ["cell_type"] = "raw", ["source"] = Quoted,
            ["metadata"] = new JsonObject { ["raw_mimetype"] = "text/html" } });
        yield return ("metadata", With(Code("x", Result(("text/plain", "1"))), "metadata",
            new JsonObject { ["tags"] = new JsonArray(Quoted), ["name"] = Quoted, ["language"] = Quoted }));
        yield return ("id", With(Code("x", Result(("text/plain", "1"))), "id", Quoted));
        yield return ("source", Code($"var x = \"{Quoted}\"; // {Tag}"));
        yield return ("stream", Code("x", Stream(Quoted, Quoted)));
        yield return ("terminal link", Code("x",
            Stream("stdout", $"\e]8;;javascript:{Script}\e\\c\e]8;;\e\\\e[31;\"{Quoted}m\e[31m{Quoted}")));
        yield return ("error", Code("x", Error(Quoted, Quoted, [])));
        yield return ("traceback", Code("x", Error("a", "b", [$"\e[31m{Quoted}"])));
        yield return ("error without text", Code("x",
            With(Error("a", "b", []), "ename", new JsonObject { [Quoted] = Quoted })));
        foreach (var mime in new[] { "text/plain", "image/png", "image/jpeg", "application/json",
            "application/javascript", "text/latex", "application/pdf", Quoted,
                     "application/vnd.jupyter.widget-view+json", "text/vnd.mermaid", "video/mp4" })
            yield return (mime, Code("x", Result((mime, Quoted))));
        yield return ("script", Code("x", Result(("application/javascript", Script))));
        yield return ("json", Code("x", With(Result(), "data",
            new JsonObject { ["application/json"] = new JsonObject { [Quoted] = Quoted } })));
        yield return ("size", Code("x", With(Result(("image/png", Png)), "metadata",
            new JsonObject { ["image/png"] = new JsonObject { ["width"] = Quoted, ["height"] = 1e9 } })));
        yield return ("words of a chart", Code("x",
            Result(("application/vnd.plotly.v1+json", "{\"data\":[],\"layout\":{}}"), ("text/plain", Quoted),
            ("image/svg+xml", $"<svg onload={Script}>{Tag}"))));
        yield return ("chart", Code("x", Result(("application/vnd.plotly.v1+json", $$$"""
            {"data":[{"x":[1],"y":[1],"text":"<a href=\"javascript:{{{Script}}}\">c</a>"}],
            "layout":{"title":{"text":"<a href=\"javascript:{{{Script}}}\" target=\"_self\">c</a><img src=x onerror={{{Script}}}></script>{{{Tag}}}"},
            "images":[{"source":"https://example.org/a.png"}]}}
            """))));
        yield return ("chart that cannot be drawn",
            Code("x", Result(("application/vnd.plotly.v1+json",
            "{\"data\":{\"length\":-1},\"layout\":\"x\",\"config\":7}"))));
        yield return ("null chart", Code("x", Result(("application/vnd.plotly.v1+json",
            "{\"data\":null,\"layout\":null}"))));
    }

    [Fact]
    public async Task Html_of_an_output_changes_nothing_after_it_and_runs_nothing() =>
        await All(Html.Select(h => (h, Code("x", Result(("text/html", h))))));

    [Fact]
    public async Task Html_in_Markdown_changes_nothing_after_it_and_runs_nothing() =>
        await All(Html.Select(h => (h, Markdown(h))));

    [Fact]
    public async Task A_picture_or_Markdown_of_an_output_changes_nothing_after_it_and_runs_nothing() => await All(
        Html.Where(h => h.StartsWith('<')).SelectMany(h =>
            new[] { (h, Code("x", Result(("image/svg+xml", h)))), (h, Code("x", Result(("text/markdown", h)))) }));

    [Fact]
    public async Task No_other_place_of_a_notebook_is_a_way_in() => await All(Elsewhere());

    [Fact]
    public async Task The_title_is_text()
    {
        var page = await Watched();
        await Open(page.Page, HtmlPage.Render(Book(Markdown("x")), $"</title>{Tag}\"><img src=x onerror={Script}>", ".")
            .Html);
        Assert.Null(await page.Page.EvaluateAsync<int?>("window.pwned"));
    }

    [Fact]
    public async Task The_policy_stops_a_script_that_came_through_and_lets_charts_be_drawn()
    {
        var html = HtmlPage.Render(Book(Chart(Samples.Loss)), "t", ".").Html;
        Assert.DoesNotMatch("script-src[^;]*unsafe", html);
        var page = await Watched();
        await Open(page.Page, html.Replace("</main>",
            $"{Tag}<img src=\"data:,\" onerror=\"{Script}\"><a href=\"javascript:{Script}\">c</a></main>"));
        await page.Page.EvaluateAsync("document.querySelector('main > a').click()");
        await page.Page.Locator(".chart .main-svg").First.WaitForAsync();
        Assert.Null(await page.Page.EvaluateAsync<int?>("window.pwned"));
    }

    /// <summary>Each cell with an output and a chart after it: the last output and the chart are there, uncovered, and
    /// nothing of the cell ran.</summary>
    private async Task All(IEnumerable<(string Name, JsonObject Cell)> cells)
    {
        var (page, requests) = await Watched();
        var faults = new List<string>();
        foreach (var (name, cell) in cells)
        {
            // One chart in two pages: without one, the page has no script, and its policy allows none.
            foreach (var chart in new[] { false, true }.Where(c => !c || cell.ToJsonString().Contains("vnd.plotly")
                || Clobbers().IsMatch(name)))
            {
                var html = HtmlPage.Render(Book([(JsonObject)cell.DeepClone(), .. chart ? [Chart(Samples.Loss)]
                    : Array.Empty<JsonObject>(),
                    Code("y", Stream("stdout", "LAST CELL"))]), "the title", Path.GetTempPath()).Html;
                await Open(page, html);
                if (chart) await page.Locator("figure:has(> .picture) .main-svg").First.WaitForAsync();
                var fault = await page.EvaluateAsync<string?>("""
                    async () => {
                      for (const a of document.querySelectorAll('main a')) if (!/^https?:/.test(a.href)) a.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
                      await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                      const last = [...document.querySelectorAll('main > section.code > .outputs > div > pre.stdout')].filter(p => p.textContent === 'LAST CELL')[0];
                      if (window.pwned || document.title !== 'the title') return 'a script ran';
                      if (!last) return 'the last output is not where it belongs';
                      last.scrollIntoView({ block: 'center' });
                      const box = last.getBoundingClientRect();
                      if (box.height < 10 || box.width < 200) return 'the last output is not to be seen';
                      return document.elementFromPoint(box.left + 20, box.top + box.height / 2) === last ? null : 'the last output is covered';
                    }
                    """);
                if (fault is not null) faults.Add($"{fault}: {name}");
                if (requests.Count > 0) faults.Add($"it asks for {requests[0]}: {name}");
                requests.Clear();
            }
        }
        Assert.Empty(faults);
    }

    private async Task<(IPage Page, List<string> Requests)> Watched()
    {
        var (page, requests) = (await browser.Page(), new List<string>());
        page.Request += (_, r) => { if (!Own().IsMatch(r.Url)) requests.Add(r.Url); };
        page.RequestFailed += (_, r) => { if (r.Failure == "csp") requests.Remove(r.Url); };   // stopped before it left
        return (page, requests);
    }

    private static JsonObject With(JsonObject json, string key, JsonNode value)
    {
        json[key] = value;
        return json;
    }

    /// <summary>What might stand in the way of the page's own script.</summary>
    [GeneratedRegex("name=|id=|figure")]
    private static partial Regex Clobbers();

    [GeneratedRegex("^(file|about|data|blob):")]
    private static partial Regex Own();
}
