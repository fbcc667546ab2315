using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LmNotebooks.Charts;
using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Tests.Charts;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.Playwright;
using static LmNotebooks.Tests.Kernel.Pages;

namespace LmNotebooks.Tests.Kernel;

public sealed class HtmlPageTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>A folder for pictures of the charts, for eyes: what a test cannot judge.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("LM_PICTURES");

    [Fact]
    public void The_page_is_one_html_document_with_language_title_and_viewport()
    {
        var html = HtmlPage.Render(Book(Markdown("# Hello")), "Loss & <entropy>", ".").Html;
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html);
        Assert.Contains("<title>Loss &amp; &lt;entropy&gt;</title>", html);
        Assert.Contains("name=\"viewport\"", html);
    }

    [Fact]
    public void A_page_without_a_chart_carries_no_script()
    {
        var html = HtmlPage.Render(Book(Markdown("text"), Code("1 + 1", Result(("text/plain", "2")))), "t", ".").Html;
        Assert.DoesNotContain("<script", html);
        Assert.InRange(html.Length, 1000, 10_000);
    }

    [Fact]
    public void Plotly_is_carried_once_whatever_the_number_of_charts()
    {
        var one = HtmlPage.Render(Book(Chart(Samples.Loss)), "t", ".").Html;
        var three = HtmlPage.Render(Book(Chart(Samples.Loss), Chart(Samples.Excess), Chart(Samples.NextWord)), "t", ".")
            .Html;
        Assert.Single(Regex.Matches(three, "plotly.js v2"));
        Assert.InRange(three.Length - one.Length, 1, 100_000);
        Assert.Equal(3, Regex.Matches(three, "<script type=\"application/json\"").Count);
    }

    [Fact]
    public void Headings_have_ids_that_no_other_heading_of_the_page_has()
    {
        var html = HtmlPage.Render(Book(Markdown("## The idea\n\n## The idea"), Markdown("## The idea")), "t", ".")
            .Html;
        Assert.Equal(3, Regex.Matches(html, "<h2 id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).Distinct().Count());
        Assert.Contains("<h2 id=\"the-idea\"", html);
    }

    [Fact]
    public void Comments_are_not_shown_and_links_between_notebooks_stay_as_they_are()
    {
        var html = HtmlPage.Render(Book(Markdown("It is 0.116<!--=sharing/excess:F3-->, see "
            + "[next](02-next.ipynb#idea).")), "t", ".").Html;
        Assert.Contains("0.116, see", html);
        Assert.Contains("href=\"02-next.ipynb#idea\"", html);
    }

    [Fact]
    public void Dollars_in_code_are_not_mathematics()
    {
        var html = HtmlPage.Render(Book(Markdown("`$x$` and $x$ and\n\n```csharp\nvar s = $\"{x} $y$\";\n```")), "t",
            ".").Html;
        Assert.Contains("<code>$x$</code>", html);
        Assert.Single(Regex.Matches(html, "<math"));
    }

    [Theory]
    [InlineData("$$\nx^2\n$$")]
    [InlineData("Then $$x^2$$ follows.")]
    public void Double_dollars_stand_alone(string markdown) =>
        Assert.Contains("<math display=\"block\">", HtmlPage.Render(Book(Markdown(markdown)), "t", ".").Html);

    [Fact]
    public void A_formula_that_cannot_be_drawn_is_shown_as_its_TeX_marked_and_with_a_warning_that_names_its_cell()
    {
        var page = HtmlPage.Render(Book(Markdown("Before $x$."), Markdown(@"Then $\unknown{<b>}$ follows.")), "t", ".");
        Assert.Matches(@"<code class=""tex"" title=""[^""<]+"">\$\\unknown\{&lt;b&gt;\}\$</code> follows", page.Html);
        var warning = Assert.Single(page.Warnings);
        Assert.StartsWith("cell 2: ", warning);
        Assert.Contains(@"\unknown", warning);
    }

    [Fact]
    public void Code_is_numbered_coloured_and_escaped()
    {
        var html = HtmlPage.Render(Book(Code("var a = new List<int>(); // <script>")), "t", ".").Html;
        Assert.Contains("<span class=\"count\">[3]</span>", html);
        Assert.Contains("<span class=\"keyword\">var</span>", html);
        Assert.Contains("List&lt;", html);
        Assert.DoesNotContain("<script>", html);
    }

    [Fact]
    public void Text_outputs_are_what_a_terminal_would_show()
    {
        var html = HtmlPage.Render(Book(Code("x",
            Stream("stdout", "\u001b[31mred\u001b[0m <b>\nloss 3\rloss 2\rloss 1\nend\r\n"),
            Stream("stderr", "warning"),
            Error("Boom", "bad", ["\u001b[1mBoom\u001b[0m: bad", "  at cell 1"]), Error("Crash", "worse", []))), "t",
                ".").Html;
        Assert.Contains("<pre class=\"stdout\"><span class=\"red\">red</span> &lt;b&gt;\nloss 1\nend\n</pre>", html);
        Assert.Contains("<pre class=\"stderr\">warning</pre>", html);
        Assert.Contains("<pre class=\"error\"><span class=\"bold\">Boom</span>: bad\n  at cell 1</pre>", html);
        Assert.Contains("<pre class=\"error\">Crash: worse</pre>", html);
        Assert.DoesNotContain('\u001b', html);
    }

    [Fact]
    public void The_richest_form_of_a_result_is_shown()
    {
        Assert.Contains("<div tabindex=\"0\"><table></table></div>",
            Shown(("text/plain", "plain"), ("image/svg+xml", "<svg id=\"s\"/>"), ("text/html", "<table></table>")));
        Assert.Contains("<div><svg id=\"output-s\"></svg></div>",
            Shown(("text/plain", "plain"), ("image/svg+xml", "<?xml version=\"1.0\"?>\n<svg id=\"s\"/>")));
        Assert.Contains($"<img alt=\"plain\" src=\"data:image/png;base64,{Png}\">",
            Shown(("text/plain", "plain"), ("image/png", Png + "\n")));
        Assert.Contains("<strong>b</strong>", Shown(("text/plain", "plain"), ("text/markdown", "**b**")));
        Assert.Contains("<pre>1 &lt; 2</pre>", Shown(("text/plain", "1 < 2")));

        static string Shown(params (string, string)[] data) => HtmlPage.Render(Book(Code("x", Result(data))), "t", ".")
            .Html;
    }

    [Fact]
    public void Data_cannot_end_the_element_that_carries_it()
    {
        var html = HtmlPage.Render(Book(Chart(NextWordBars.Of(["</script><script>alert(1)</script>", "<!--<script>"],
            [0.5, 0.5], [0.4, 0.6], "</noscript>"))), "t", ".").Html;
        Assert.Equal(3, Regex.Matches(html, "(?i)</script>").Count);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_page_opens_from_disk_draws_everything_and_asks_for_nothing(ColorScheme scheme)
    {
        var page = await browser.Page(scheme);
        var (requests, errors) = (new List<string>(), new List<string>());
        page.Request += (_, r) => requests.Add(r.Url);
        page.Console += (_, m) => { if (m.Type is "error" or "warning") errors.Add(m.Text); };
        page.PageError += (_, e) => errors.Add(e);
        await Open(page, Everything());
        await Assertions.Expect(page.Locator(".chart:not(:has(.main-svg))"))
            .ToHaveCountAsync(0, new() { Timeout = (float)Patience.Event.TotalMilliseconds });

        Assert.All(requests, r => Assert.Matches("^(file|data|blob):", r));
        Assert.Empty(errors);
        Assert.Equal("4 1 2 2 6 6 3 3 1 3 1 5 3",
            await page.EvaluateAsync<string>("[...document.querySelectorAll('.chart')].map(c => c.data.length).join(' "
            + "')"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.chart')].every(c => "
            + "c.getBoundingClientRect().width <= document.querySelector('main').clientWidth)"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "The page scrolls sideways.");
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('math, math *:not(mspace)')].every(m "
            + "=> m.getBoundingClientRect().height > 0)"));
        Assert.True(await page.EvaluateAsync<bool>("new Set([...document.querySelectorAll('[id]')].map(e => "
            + "e.id)).size === document.querySelectorAll('[id]').length"), "Two elements share an id.");
        var (text, paper) = (await Style(page, "body", "color"), await Style(page, "body", "backgroundColor"));
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(30, 30, 30)" : "rgb(255, 255, 255)", paper);
        Assert.Equal(text, await Style(page, ".chart .xtick text", "fill"));
        if (Pictures is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"charts-page-{scheme}.png"),
            FullPage = true });
    }

    [Fact]
    public async Task Charts_follow_the_colour_scheme_when_it_changes()
    {
        var page = await browser.Page();
        await Open(page, Book(Chart(Samples.Loss)));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(page.Locator(".chart .xtick text").First)
            .ToHaveCSSAsync("fill", await Style(page, "body", "color"),
                new() { Timeout = (float)Patience.Event.TotalMilliseconds });
    }

    [Fact]
    public async Task On_a_phone_the_texts_of_charts_are_whole_and_apart_and_nothing_scrolls()
    {
        var page = await browser.Page();
        await page.SetViewportSizeAsync(390, 844);
        await Open(page, Book([.. Samples.Graphics.Values.Select(Chart)]));
        await Assertions.Expect(page.Locator(".chart:not(:has(.main-svg))"))
            .ToHaveCountAsync(0, new() { Timeout = (float)Patience.Event.TotalMilliseconds });
        var faults = await page.EvaluateAsync<string[]>("""
            async () => {
              await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
              const box = e => e.getBoundingClientRect(), faults = [];
              // Two texts meet where their boxes do by more than the room above and under their letters.
              const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
              for (const chart of document.querySelectorAll('.chart')) {
                const texts = [...chart.querySelectorAll('text')].filter(t => t.textContent.trim() && getComputedStyle(t).visibility !== 'hidden' && box(t).width > 0);
                const edge = box(chart), name = chart.getAttribute('aria-label').slice(0, 30);
                for (const t of texts) {
                  if (box(t).left < edge.left - 1 || box(t).right > edge.right + 1 || box(t).top < edge.top - 1 || box(t).bottom > edge.bottom + 1)
                    faults.push(`${name}: cut: ${t.textContent}`);
                  if (parseFloat(getComputedStyle(t).fontSize) < 10) faults.push(`${name}: small: ${t.textContent}`);
                }
                texts.forEach((t, i) => texts.slice(i + 1).filter(u => meet(box(t), box(u))).forEach(u => faults.push(`${name}: ${t.textContent} / ${u.textContent}`)));
                if ([...chart.querySelectorAll('.scrollbar')].some(s => box(s).height > 0)) faults.push(`${name}: the legend scrolls`);
              }
              if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
              return faults;
            }
            """);
        if (Pictures is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "charts-phone.png"), FullPage = true });
        Assert.Empty(faults);
    }

    [Fact]
    public async Task On_paper_charts_are_pictures_and_code_is_whole()
    {
        var page = await browser.Page();
        await Open(page, Book(Code($"var x = \"{new string('x', 300)}\";"), Chart(Samples.Loss)));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".picture svg")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".chart")).ToBeHiddenAsync();
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('pre')].every(p => p.scrollWidth <= "
            + "p.clientWidth)"), "Code is cut.");
    }

    [Fact]
    public async Task Outputs_that_a_notebook_hides_are_folded_until_asked_for_and_whole_on_paper()
    {
        var cell = Chart(Samples.Loss);
        cell["metadata"] = new JsonObject { ["jupyter"] = new JsonObject { ["outputs_hidden"] = true } };
        var page = await browser.Page();
        await Open(page, Book(cell));
        await Assertions.Expect(page.Locator("figure")).ToBeHiddenAsync();
        await page.GetByText("What came out").ClickAsync();
        await Assertions.Expect(page.Locator(".chart .main-svg").First).ToBeVisibleAsync();
        Assert.True((await page.Locator(".chart .main-svg").First.BoundingBoxAsync())!.Width > 600);
        await page.GetByText("What came out").ClickAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".picture svg")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_the_page_shows_the_static_picture()
    {
        var page = await browser.Page(script: false);
        await Open(page, Book(Chart(Samples.Loss)));
        var box = await page.Locator(".picture svg").First.BoundingBoxAsync();
        Assert.True(box is { Width: > 300, Height: > 150 });
    }

    [Theory, MemberData(nameof(Samples.GraphicNames), MemberType = typeof(Samples))]
    public async Task No_label_of_a_picture_is_cut_or_covers_another(string name)
    {
        var page = await browser.Page();
        await page.SetContentAsync($"<body style='width:720px;margin:0'>{SvgRenderer.ToSvg(Samples.Graphics[name])}");
        var clashes = await page.EvaluateAsync<string[]>("""
            () => {
              const box = e => e.getBoundingClientRect(), svg = box(document.querySelector('svg')), texts = [...document.querySelectorAll('text')];
              const cut = texts.filter(t => box(t).left < svg.left || box(t).right > svg.right || box(t).top < svg.top || box(t).bottom > svg.bottom).map(t => 'cut: ' + t.textContent);
              // Boxes are as high as the font's lines; the letters leave at least two pixels of that free.
              const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
              const over = texts.flatMap((t, i) => texts.slice(i + 1).filter(u => meet(box(t), box(u))).map(u => t.textContent + ' / ' + u.textContent));
              return [...cut, ...over];
            }
            """);
        Assert.Empty(clashes);
        foreach (var scheme in Pictures is null ? [] : (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EvaluateAsync($"document.body.style.background = "
                + $"'{(scheme == ColorScheme.Dark ? "#1e1e1e" : "#ffffff")}'");
            await page.Locator("svg").First.ScreenshotAsync(new() { Path =
                Path.Combine(Pictures!, $"{name}-{scheme}.png") });
        }
    }

    private static Notebook Everything() => Book(
        Markdown("# How close to the truth?\n\nThe entropy is $H = -\\sum_{x \\in V} p(x) \\log p(x)$ "
            + "nats<!--=a/b:F3-->, and `$not maths$`. ~~Not~~ See [next](02-next.ipynb).\n\n" +
            "$$\\mathcal{L}(\\theta) = -\\frac{1}{T} \\sum_{t=1}^{T} \\ln p_\\theta(x_t \\mid x_{<t}) \\ge \\hat{H}, "
                + "\\quad \\mathbb{E}_{x \\sim p}\\left[\\log\\frac{p(x)}{q(x)}\\right] = \\lVert w \\rVert_2 \\text{ "
                + "if } f'(x) \\to \\infty$$\n\n" +
            "| model | excess |\n|---|---:|\n| Transformer | 0.062 |\n| 5-gram | 0.410 |\n\n> A quotation.\n\n- one\n- "
                + "two\n\n```csharp\nvar x = 1; // code\n```"),
        Code("#r \"../lib/LmNotebooks/bin/notebook/LmNotebooks.dll\"\nusing LmNotebooks.Charts;\nvar s = $\"a {1 + 1} "
            + "b\"; // a comment that is long enough to reach the end of the line and needs to scroll sideways"),
        Markdown("## Charts"), Chart(Samples.Loss), Chart(Samples.Excess), Chart(Samples.NextWord),
            Chart(Samples.Banded), Chart(Samples.Bands),
        Chart(Samples.Live), Chart(Samples.Flops), Chart(Samples.Differences), Chart(Samples.Share),
        Chart(Samples.Embedding), Chart(Samples.Attention), Chart(Samples.Scaling), Chart(Samples.Agreement),
        Code("table",
            Result(("text/html",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
            ("text/plain", "a b"))),
        Code("Console.Write(1)", Stream("stdout", "\u001b[32mstep 1\u001b[0m\nstep 2\n"),
            Stream("stderr", "careful\n")),
        Code("picture", Result(("image/svg+xml", SvgRenderer.ToSvg(Samples.Loss)), ("text/plain", "p")),
            Result(("image/png", Png), ("text/plain", "a dot"))),
        Code("throw new Exception(\"no\")", Error("Exception", "no", ["Exception: no", "   at cell 7"])));

    private static Task<string> Style(IPage page, string selector, string property) =>
        page.EvaluateAsync<string>($"getComputedStyle(document.querySelector('{selector}')).{property}");

    private static Task Open(IPage page, Notebook notebook) =>
        Pages.Open(page, HtmlPage.Render(notebook, "How close to the truth?", Path.GetTempPath()).Html);
}
