using LmNotebooks.Figures;
using LmNotebooks.Kernel.Notebooks;
using Microsoft.Playwright;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Charts that a cell makes with Plotly.NET by hand.</summary>
public sealed class PlotlyChartTests(Browser browser) : IClassFixture<Browser>
{
    private const string Points = """
        #r "nuget: Plotly.NET.CSharp"
        using Plotly.NET.CSharp;
        Chart.Point<double, double, string>(x: [1, 2, 4], y: [3, 1, 2])
            .WithTraceInfo("a </script><b>b", ShowLegend: true)
        """;

    private const string Two = """
        #r "nuget: Plotly.NET.CSharp"
        using Plotly.NET.CSharp;
        Chart.Combine([Chart.Column<int, string, string>([1, 2]), Chart.Point<int, int, string>([1, 2, 3], [3, 2, 1])])
        """;

    private readonly NotebookFolder folder = new();

    public static TheoryData<string, string> Charts => new()
    {
        { Points, "Chart: a </script><b>b (scatter)" },
        { Two, "Chart: bar, scatter" },
    };

    [Theory, MemberData(nameof(Charts))]
    public async Task It_is_shown_as_data_as_html_and_as_a_line_of_text(string code, string text)
    {
        var shown = (await new CellBench().ShowAsync(code))!;
        Assert.Equal([FigureFormatters.Plotly, "text/html", "text/plain"], shown.Select(f => f.Key));
        var traces = shown[FigureFormatters.Plotly]!["data"]!.AsArray();
        Assert.All(traces, trace => Assert.Contains((string)trace!["type"]!, text));
        Assert.Equal(text, (string?)shown["text/plain"]);
    }

    [Fact]
    public async Task The_page_of_its_notebook_and_a_client_that_knows_html_only_draw_it_without_a_network()
    {
        var path = folder.Write("n.ipynb", Points, Two);
        var ran = await new LmProcess(folder.Path).RunAsync("run", "n.ipynb", "--in-place", "--html");
        Assert.True(ran.Code == 0, ran.Error);
        var token = TestContext.Current.CancellationToken;
        await DrawsAsync(await File.ReadAllTextAsync(Path.ChangeExtension(path, ".html"), token));

        var html = Notebook.Read(path).Cells.Where(c => c.IsCode)
            .Select(c => Notebook.Text(c.Outputs[0]!["data"]!["text/html"])).ToList();
        Assert.InRange(html[0].Length, 1_000_000, 2_000_000);   // plotly.js, packed
        Assert.InRange(html[1].Length, 1, 20_000);
        await DrawsAsync($"<!DOCTYPE html><body>{html[1]}{html[0]}");   // in whatever order a client shows them
    }

    /// <summary>The six points are there, and nothing was asked of the network.</summary>
    private async Task DrawsAsync(string html)
    {
        var page = await browser.Page();
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        await page.SetContentAsync(html);
        await page.WaitForFunctionAsync("document.querySelectorAll('.scatterlayer .points path').length >= 6");
        Assert.Equal(2, await page.Locator(".js-plotly-plot").CountAsync());
        Assert.DoesNotContain(requests, url => url.StartsWith("http"));
    }
}
