using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Formulas;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Tests.Guards;
using Microsoft.Playwright;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Formulas in the Markdown of a page: which text is one, and how it looks.</summary>
public sealed class MarkdownFormulasTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("LM_PICTURES");

    private static readonly string TextbookPath =
        Path.Combine(Root.Folder, "tests/LmNotebooks.Tests/Kernel/Formulas.tex");

    private static string[] Textbook { get; } = [.. File.ReadLines(TextbookPath).Where(l => !l.StartsWith('%'))];

    [Fact]
    public void The_formulas_of_textbooks_are_drawn_but_for_three_rare_commands()
    {
        var problems = Textbook.Select(tex => new TexToMathMl().Convert(tex, display: true).Problem).OfType<string>();
        Assert.InRange(Textbook.Length, 300, 1000);
        Assert.Collection(problems,
            p => Assert.EndsWith(@"the command \prescript is not known.", p),
            p => Assert.EndsWith(@"the command \mathchoice is not known.", p),
            p => Assert.EndsWith("the environment CD is not known.", p));
    }

    [Theory]
    [InlineData("$x$", "x")]
    [InlineData("$ x $ and ($y$), $z$-axis, the $k$th, $n$s", " x ", "y", "z", "k", "n")]
    [InlineData("设$x$为", "x")]
    [InlineData("a line\nwith $x +\ny$ over two", "x +\ny")]
    [InlineData(@"\\(x\\) and \\[y\\]", "x", "y")]
    [InlineData("$a_1 b_2 * c * d$", "a_1 b_2 * c * d")]
    [InlineData(@"$\text{for $x$}$", @"\text{for $x$}")]
    [InlineData(@"$\$5$", @"\$5")]
    [InlineData("**$x$**, _$y$_, [$z$](a.ipynb), ~~$w$~~", "x", "y", "z", "w")]
    [InlineData("# The $x$\n\n- $y$\n  1. $$z$$\n\n> $w$", "x", "y", "z", "w")]
    [InlineData("| a | b |\n|---|---|\n| $|x|$ | $P(a|b)$ |", "|x|", "P(a|b)")]
    [InlineData("text\n$$\na\n- b\n+ c\n= d\n$$\ntext", "\na\n- b\n+ c\n= d\n")]
    [InlineData("$$\na\n\nb\n$$", "\na\n\nb\n")]
    [InlineData("> $$\n> a\n> b\n> $$", "\na\nb\n")]
    [InlineData("- item\n\n    $$\n    a\n    $$", "\n    a\n    ")]
    [InlineData("\\begin{align}\na &= b \\\\\n&= c\n\\end{align}", "\\begin{align}\na &= b \\\\\n&= c\n\\end{align}")]
    [InlineData(@"text \begin{matrix}\begin{matrix}a\end{matrix}\end{matrix} text",
        @"\begin{matrix}\begin{matrix}a\end{matrix}\end{matrix}")]
    [InlineData("<center>$$x$$</center>", "x")]
    [InlineData("<b title=\"$5 and 6$\">$x$</b>", "x")]
    [InlineData("$a<b$ and $c>d$", "a<b", "c>d")]
    [InlineData("$$a$$ $$b$$", "a", "b")]
    [InlineData("$$x$$\r\n\r\n$$\r\ny\r\n$$", "x", "\r\ny\r\n")]
    public void These_are_formulas(string markdown, params string[] tex) =>
        Assert.Equal(tex, Found(markdown));

    [Theory]
    [InlineData("costs $5 and $6")]
    [InlineData("costs $5, or €4 (about $6)")]
    [InlineData("US$5 and US$ 6")]
    [InlineData("$HOME and $PATH are set")]
    [InlineData(@"costs \$5 and 6\$ or \\$")]
    [InlineData("only one $ here")]
    [InlineData("empty $$$$ and $ $")]
    [InlineData("one $x\n\nother$ paragraph")]
    [InlineData("`$x$` and ``$$y$$``")]
    [InlineData("```\n$x$\n```\n\n    $y$\n\n~~~tex\n\\begin{align}x\\end{align}\n~~~")]
    [InlineData("<!-- $x$ -->\n\ntext <!-- $x$ --> text")]
    [InlineData("<script>$x$</script>")]
    [InlineData("<pre>$x$</pre>")]
    [InlineData("[a](b?$x$) <http://c/$x$> http://d.org/$x$/")]
    [InlineData("[a]\n\n[a]: b?$x$")]
    [InlineData(@"\begin{align} x")]
    [InlineData(@"\(x\) and \[y\]")]
    public void These_are_none(string markdown) => Assert.Empty(Found(markdown));

    [Fact]
    public void A_macro_is_known_to_the_text_after_it_also_in_other_cells()
    {
        var definition = @"\newcommand{\R}{\mathbb{R}}";
        var page = Render($"<div hidden>\n<!-- macros -->\n$$\n{definition}\n$$\n</div>\n\n$\\R$", @"$x \in \R$");
        Assert.Empty(page.Warnings);
        Assert.Equal(2, Regex.Matches(page.Html, "<mi>ℝ</mi>").Count);
    }

    [Fact]
    public void Marks_that_stand_in_a_text_are_no_formulas()
    {
        var page = Render("\uFDD0\uFDD1\uFDDB $x$ <p>\uFDD0\uFDD1\uFDDB</p>");
        Assert.Single(Regex.Matches(page.Html, "<math"));
        Assert.DoesNotContain("\uFDD0", page.Html);
    }

    [Fact]
    public void The_anchor_of_a_heading_has_the_letters_of_its_formula() =>
        Assert.Contains("<h2 id=\"the-x-axis\">", Render("## The $x$ axis").Html);

    [Theory]
    [InlineData("$")]
    [InlineData("$$ ")]
    [InlineData("${ ")]
    [InlineData("$}")]
    [InlineData(@"\\( ")]
    [InlineData(@"\begin{a}")]
    [InlineData("$$\n")]
    [InlineData("$$\nx\n\n")]
    [InlineData("$x$ ")]
    public void A_megabyte_of_beginnings_is_searched(string part) =>
        Assert.NotNull(Found(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length))));

    [Property(MaxTest = 500)]
    public Property Any_Markdown_becomes_a_page_without_marks() => Prop.ForAll(
        Gen.Elements("$", "$$", "\n", "\n\n", "x", " ", "`", "```\n", "\\", @"\\(", @"\\)", @"\begin{align}",
            @"\end{align}",
            "> ", "- ", "|", "|---|\n", "<b>", "<!--", "-->", "[", "](", ")", "5", "*", "# ", "{", "}", "\uFDD0",
                "\uFDDF", "\r\n").ArrayOf().ToArbitrary(),
        pieces => Assert.DoesNotMatch("[\uFDD0-\uFDEF]", Render(string.Concat(pieces)).Html));

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Formulas_are_seen_and_wide_ones_scroll_inside_themselves_on_a_telephone(ColorScheme scheme)
    {
        var page = await browser.Page(scheme);
        await page.SetViewportSizeAsync(390, 844);
        var list = string.Join("\n\n", Textbook.Select((tex, i) => $"{i + 1}. $${tex}$$"));
        var line = string.Join(", ", Textbook[..30].Select(tex => $"${tex}$"));
        var wide = string.Join(" + ", Enumerable.Range(1, 80).Select(i => $"x_{{{i}}}"));
        await page.SetContentAsync(Render(list, line, @"$$\unknown{x}$$", $"$${wide}$$").Html);
        Assert.Equal(Textbook.Length + 31 - 3,
            await page.EvaluateAsync<int>("document.querySelectorAll('math').length"));
        var fits = "document.documentElement.scrollWidth <= innerWidth";
        Assert.True(await page.EvaluateAsync<bool>(fits), "The page scrolls sideways.");
        var within = "[...document.querySelectorAll('math')].at(-1).getBoundingClientRect().right <= innerWidth";
        Assert.True(await page.EvaluateAsync<bool>(within), "A wide formula is wider than the page.");
        Assert.Equal(
            ["columns", "steps back", "limits"],
            await page.EvaluateAsync<string[]>("""
                () => {
                  const box = e => e.getBoundingClientRect(), all = s => [...document.querySelectorAll(s)];
                  const right = all('mtable.aligned mtd.r').every(d =>
                    !d.firstElementChild || box(d).right - box(d.firstElementChild).right < 1);
                  const back = all('mspace[style]').every(s => parseFloat(getComputedStyle(s).marginLeft) < 0);
                  const sum = all('math[display] munderover')[0];
                  return [right && 'columns', back && 'steps back', box(sum.children[1]).top > box(sum.children[0]).top && 'limits'];
                }
                """));
        Assert.NotEqual(await Color(page, "body"), await Color(page, "code.tex"));
        if (Pictures is null) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"formulas-telephone-{scheme}.png"),
            FullPage = true });
        await page.SetViewportSizeAsync(1000, 900);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"formulas-{scheme}.png"), FullPage = true });
    }

    private static Task<string> Color(IPage page, string selector) =>
        page.EvaluateAsync<string>($"getComputedStyle(document.querySelector('{selector}')).color");

    private static List<string> Found(string markdown)
    {
        var found = new List<string>();
        _ = new MarkdownFormulas(markdown, (tex, _) => { found.Add(tex); return ""; });
        return found;
    }

    private static RenderedPage Render(params string[] cells) => HtmlPage.Render(
        Notebook.Parse(new JsonObject
        {
            ["nbformat"] = 4,
            ["cells"] = new JsonArray([.. cells.Select(Markdown)]),
        }.ToJsonString(), "test"), "t", ".");

    private static JsonObject Markdown(string source) => new() { ["cell_type"] = "markdown", ["source"] = source };
}
