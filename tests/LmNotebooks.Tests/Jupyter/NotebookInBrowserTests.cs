using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>A notebook of the course as a reader of Jupyter Notebook sees it: in a browser, on our kernel.</summary>
public sealed class NotebookInBrowserTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly JupyterHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task It_opens_with_our_kernel_runs_to_the_end_and_shows_every_chart()
    {
        var program = Clients.Find("jupyter-notebook");
        await home.NotebookAsync("03-architectures.ipynb");
        var port = FreePort();
        using var server = home.Start(program, "--no-browser", "--ip=127.0.0.1", $"--port={port}", "--port-retries=0",
            "--allow-root",
            "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={home.Path}");
        _ = server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            var page = await browser.Page();
            var complaints = new List<string>();
            page.Console += (_, message) => { if (message.Type == "error"
                && !IsOfFont(message)) complaints.Add($"{message.Text} ({message.Location})"); };
            page.PageError += (_, error) => complaints.Add(error);
            await OpenAsync(page, $"http://127.0.0.1:{port}/notebooks/notebooks/03-architectures.ipynb");
            await page.WaitForFunctionAsync("window.Jupyter?.notebook?.kernel?.is_connected() && "
                + "Jupyter.notebook.kernel.info_reply.implementation === 'lmnotebooks'", null,
                new() { Timeout = (float)Patience.Notebook.TotalMilliseconds });
            Assert.Equal("C# (LmNotebooks)", (await page.Locator("#kernel_indicator .kernel_indicator_name")
                .InnerTextAsync()).Trim());

            complaints.Clear();   // Jupyter's own: it looks for extensions that are not installed
            await page.EvaluateAsync("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells();");
            await page.WaitForFunctionAsync("Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code').every(c "
                + "=> c.input_prompt_number > 0)", null,
                new() { Timeout = (float)Patience.Notebook.TotalMilliseconds });
            Assert.Equal(0, await page.Locator(".output_error").CountAsync());

            var charts =
                await page.EvaluateAsync<int>("Jupyter.notebook.get_cells().flatMap(c => c.output_area?.outputs ?? "
                + "[]).filter(o => o.data && 'image/svg+xml' in o.data).length");
            var drawn = page.Locator(".output_svg svg[role=img]");
            Assert.True(charts > 5, $"The notebook has {charts} charts.");
            Assert.Equal(charts, await drawn.CountAsync());
            foreach (var chart in await drawn.AllAsync())
            {
                await chart.ScrollIntoViewIfNeededAsync();
                var box = await chart.BoundingBoxAsync();
                Assert.True(box is { Width: > 300, Height: > 100 }, $"A chart is {box?.Width} x {box?.Height} pixels.");
            }
            if (Environment.GetEnvironmentVariable("LM_SCREENSHOTS") is { Length: > 0 } folder)
                await page.Locator(".output_svg").First.ScreenshotAsync(new() { Path =
                    Path.Combine(folder, "jupyter-notebook.png") });
            Assert.Empty(complaints);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Jupyter's formulas load fonts, late, which may be missing here; what our cells show loads
    /// none.</summary>
    private static bool IsOfFont(IConsoleMessage message) => message.Text.StartsWith("Access to font")
        || message.Location.StartsWith("about:blank");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits for the server.</summary>
    private static async Task OpenAsync(IPage page, string address)
    {
        for (var deadline = DateTime.UtcNow + Patience.Event; ;
            await Task.Delay(200, TestContext.Current.CancellationToken))
        {
            try
            {
                await page.GotoAsync(address);
                return;
            }
            catch (PlaywrightException) when (DateTime.UtcNow < deadline) { }
        }
    }
}
