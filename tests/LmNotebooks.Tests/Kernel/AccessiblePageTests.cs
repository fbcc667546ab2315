using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Tests.Guards;
using Microsoft.Playwright;

namespace LmNotebooks.Tests.Kernel;

/// <summary>The page of every notebook against the rules of WCAG 2.2, levels A and AA, that a program can
/// check.</summary>
public sealed class AccessiblePageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly AxeRunOptions LevelsAAndAA = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    };

    private const int Desk = 1000, Phone = 390;

    public static TheoryData<string, ColorScheme, int> All => [.. Guards.NotebookTests.All.Select(row => row.Data)
        .SelectMany(name => new (string, ColorScheme, int)[]
            { (name, ColorScheme.Light, Desk), (name, ColorScheme.Dark, Phone) })];

    [Theory, MemberData(nameof(All))]
    public async Task A_page_has_nothing_that_shuts_a_reader_out(string name, ColorScheme scheme, int width)
    {
        var path = Path.Combine(Root.Folder, "notebooks", name);
        var page = await browser.Page(scheme);
        await page.SetViewportSizeAsync(width, Desk);
        await Pages.Open(page,
            HtmlPage.Render(Notebook.Read(path), name, Path.GetDirectoryName(path)!).Html);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        var found = (await page.RunAxe(LevelsAAndAA)).Violations;
        Assert.Empty(found.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_diagram_has_nothing_that_shuts_a_reader_out(ColorScheme scheme)
    {
        var page = await browser.Page(scheme);
        await page.SetContentAsync("<html lang='en'><title>t</title><body>" + string.Concat(
            Diagrams.Pictures.Kinds.Select(kind => Diagrams.Pictures.Of(kind).ToSvg())));
        var found = (await page.RunAxe(LevelsAAndAA)).Violations;
        Assert.Empty(found.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")));
    }

    [Fact]
    public async Task What_shuts_a_reader_out_is_found()
    {
        var page = await browser.Page();
        await page.SetContentAsync("<html><title>t</title><body><img src='data:,'><p style='color:#999'>grey");
        var found = (await page.RunAxe(LevelsAAndAA)).Violations;
        Assert.Equal(["color-contrast", "html-has-lang", "image-alt"], found.Select(rule => rule.Id).Order());
    }
}
