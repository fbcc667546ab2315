using Microsoft.Playwright;

namespace LmNotebooks.Tests;

/// <summary>Programs that some tests drive and that are not part of the build. Where one is missing its tests are
/// skipped, saying so; under LM_REQUIRE_CLIENTS=1, as on the build machine, that is a failure, so that no test is
/// skipped there unnoticed.</summary>
public static class Clients
{
    private static readonly Dictionary<string,
        string[]> Names = new() { ["chromium"] = ["chromium", "chromium-browser", "google-chrome"] };

    /// <summary>The path of the program <paramref name="client"/>; ends the test if there is none.</summary>
    public static string Find(string client) => Find(client, Environment.GetEnvironmentVariable("PATH") ?? "");

    public static string Find(string client, string path) =>
        Find(client, path, Environment.GetEnvironmentVariable("LM_REQUIRE_CLIENTS") == "1");

    public static string Find(string client, string path, bool required)
    {
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        var found = Names.GetValueOrDefault(client, [client])
            .SelectMany(n => path.Split(Path.PathSeparator).Select(d => Path.Combine(d, n + extension)))
            .FirstOrDefault(File.Exists);
        if (found is not null) return found;
        var reason = $"{client} is not installed (looked on PATH).";
        if (required) Assert.Fail(reason + " LM_REQUIRE_CLIENTS=1 asks for it.");
        Assert.Skip(reason);
        return "";
    }
}

/// <summary>One headless browser for all tests of a class.</summary>
public sealed class Browser : IAsyncDisposable
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A page without a document, as a reader with this colour scheme has it.</summary>
    public async Task<IPage> Page(ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var path = Clients.Find("chromium");
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path, Timeout = (float)Patience.Event.TotalMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run"],
        });
        var page = await browser.NewPageAsync(new() { ColorScheme = scheme, JavaScriptEnabled = script,
            ViewportSize = new() { Width = 1000, Height = 900 } });
        page.SetDefaultTimeout((float)Patience.Event.TotalMilliseconds);
        page.SetDefaultNavigationTimeout((float)Patience.Event.TotalMilliseconds);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
    }
}
