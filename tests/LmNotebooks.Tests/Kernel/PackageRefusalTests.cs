using System.Net;
using System.Net.Sockets;

namespace LmNotebooks.Tests.Kernel;

/// <summary>What cannot be had is told in one sentence, at the line that asks for it.</summary>
public sealed class PackageRefusalTests(PackageRefusalTests.Shelf shelf) : IClassFixture<PackageRefusalTests.Shelf>
{
    /// <summary>Packages that are of no use, each for a reason of its own.</summary>
    public sealed class Shelf : IDisposable
    {
        private readonly PackageFeed feed = new();

        public Shelf()
        {
            feed.Add("Test.Plain", "1.0.0", "public class Plain;");
            feed.Add("Test.Plain", "1.5.0", "public class Plain;");
            feed.Add("Test.Early", "1.0.0-rc.1", "public class Early;");
            feed.AddFiles("Test.Later", "1.0.0", new() { ["lib/net99.0/Test.Later.dll"] = [] });
            feed.AddFiles("Test.Built", "1.0.0", new() { ["lib/net99.0/Test.Built.dll"] = [],
                ["build/Test.Built.props"] = "<Project />"u8.ToArray() });
            feed.AddFiles("Test.Tool", "1.0.0", new() { ["tools/net8.0/any/run.dll"] = [] }, type: "DotnetTool");
            feed.AddFiles("Test.Tools", "1.0.0", new() { ["tools/run.exe"] = [] });
            feed.AddFiles("Test.Framework", "1.0.0",
                new() { ["lib/net8.0/Test.Framework.dll"] = PackageFeed.Compile("Test.Framework", "public class A;") },
                framework: "Nobody.Nowhere.App");
            feed.Add("MathNet.Numerics", "99.0.0", "public class Numbers;");
            feed.Add("Test.Numbers", "1.0.0", "public class More;", dependencies: ["MathNet.Numerics 99.0.0"]);
            feed.Add("System.Text.Json", "99.0.0", "public class Json;");
            feed.Add("Test.Json", "1.0.0", "public class More;", dependencies: ["System.Text.Json 99.0.0"]);
            feed.Add("Test.Wanting", "1.0.0", "public class Wanting;", dependencies: ["Test.Absent 1.0.0"]);
            feed.Add("Test.Picky", "1.0.0", "public class Picky;", dependencies: ["Test.Plain 1.5.0"]);
        }

        internal string Folder => feed.Folder;

        public void Dispose() => feed.Dispose();
    }

    private static async Task<string> ErrorAsync(string folder, string code)
    {
        var result = await new LmNotebooks.Kernel.Scripting.Session(folder)
            .RunAsync(code, "cell", new RecordedOutput(), TestContext.Current.CancellationToken);
        return Assert.Single(result.Error!.Traceback);
    }

    [Theory]
    [InlineData("Test.Nothing", "There is no package 'Test.Nothing' in tests: check its name.")]
    [InlineData("Test.Plain, 2.0.0", "There is no version 2.0.0 of Test.Plain: the nearest is 1.5.0.")]
    [InlineData("Test.Early",
        "There are only pre-releases of Test.Early: name one, #r \"nuget: Test.Early, 1.0.0-rc.1\".")]
    [InlineData("Test.Later", "Test.Later 1.0.0 is not for .NET 10: it supports net99.0.")]
    [InlineData("Test.Built", "Test.Built 1.0.0 has no library for .NET 10, only for net99.0.")]
    [InlineData("Test.Tool", "Test.Tool is a tool for the command line and has no library for a cell.")]
    [InlineData("Test.Tools", "Test.Tools 1.0.0 has nothing that a cell could use, only tools or files for builds.")]
    [InlineData("Test.Framework",
        "Test.Framework needs Nobody.Nowhere.App 10, which is not installed beside this .NET.")]
    [InlineData("Test.Numbers, 1.0.0",
        "Test.Numbers 1.0.0 needs MathNet.Numerics 99.0.0, and this kit carries 5.0.0: ask for an older version of "
        + "Test.Numbers.")]
    [InlineData("Test.Json",
        "Test.Json needs System.Text.Json 99.0.0, and this kit carries {.NET}: ask for an older version of Test.Json.")]
    [InlineData("Test.Wanting", "There is no package 'Test.Absent' in tests: check its name.")]
    public async Task A_package_that_cannot_be_used(string package, string sentence) =>
        Assert.Equal($"(2,1): error: {sentence.Replace("{.NET}", Environment.Version.ToString())}",
            await ErrorAsync(shelf.Folder, $"// first\n#r \"nuget: {package}\""));

    [Fact]
    public async Task A_version_too_old_for_another_package_of_the_cell() =>
        Assert.Equal("(2,1): error: Test.Plain 1.5.0 or newer is needed by another package: ask for that version of "
            + "it.",
            await ErrorAsync(shelf.Folder, "#r \"nuget: Test.Picky\"\n#r \"nuget: Test.Plain, 1.0.0\""));

    [Theory]
    [InlineData("nuget: Test.Plain, latest",
        "'latest' is not a version: write #r \"nuget: Test.Plain, 1.2.3\", or no version for the newest.")]
    [InlineData("nuget: Test.Plain 1.0.0",
        "'Test.Plain 1.0.0' is not the name of a package: write #r \"nuget: Name, Version\".")]
    [InlineData("nuget:", "'' is not the name of a package: write #r \"nuget: Name, Version\".")]
    [InlineData("nuget: Test.Plain, 1.0.0\"\n#r \"nuget: test.plain, 1.5.0",
        "Test.Plain 1.0.0 and 1.5.0 of it are asked for: leave one.")]
    public async Task A_line_that_says_nothing_sensible(string reference, string sentence) =>
        Assert.Equal($"(1,1): error: {sentence}", await ErrorAsync(shelf.Folder, $"#r \"{reference}\""));

    [Fact]
    public async Task A_source_that_cannot_be_reached()
    {
        using var feed = new PackageFeed("http://127.0.0.1:9/index.json");
        Assert.Equal("(1,1): error: Packages that are not on this machine cannot be downloaded: Unable to load the "
            + "service index for source http://127.0.0.1:9/index.json.",
            await ErrorAsync(feed.Folder, "#r \"nuget: Test.Plain, 1.0.0\""));
    }

    [Fact]
    public async Task An_interrupt_ends_a_restore_and_nothing_is_left_of_it()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var feed = new PackageFeed($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/index.json");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var before = PackageFeed.Kept.GetDirectories().Select(d => d.Name).ToHashSet();
        var running = new LmNotebooks.Kernel.Scripting.Session(feed.Folder)
            .RunAsync("#r \"nuget: Test.Plain, 1.0.0\"", "cell", new RecordedOutput(), stop.Token);
        using var caller = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal("Interrupted", (await running).Error?.Name);
        Assert.DoesNotContain(PackageFeed.Kept.GetDirectories().Where(d => !before.Contains(d.Name)), Asks);

        // Others restore at the same time: their folders come and go.
        bool Asks(DirectoryInfo work)
        {
            try { return File.ReadAllText(Path.Combine(work.FullName, "packages.csproj")).Contains(feed.Folder); }
            catch (IOException) { return false; }
        }
    }

    [Theory]
    [InlineData("TorchSharp-cpu, 0.105.1",
        "TorchSharp 0.107.0 is what this kit carries; TorchSharp-cpu 0.105.1 was asked for.\n")]
    [InlineData("TorchSharp-cpu", "")]
    [InlineData("torchsharp, 0.107", "")]
    [InlineData("libtorch-cpu-win-x64, 2.10.0", "")]
    [InlineData("Plotly.NET, 5.1.0", "Plotly.NET 6.0.0 is what this kit carries; 5.1.0 was asked for.\n")]
    [InlineData("Plotly.NET, [5.0,7.0)", "")]
    [InlineData("Plotly.NET.Interactive", "")]
    [InlineData("Plotly.NET.CSharp", "")]
    [InlineData("Microsoft.ML.Tokenizers", "")]
    [InlineData("MathNet.Numerics, 4.*", "MathNet.Numerics 5.0.0 is what this kit carries; 4.* was asked for.\n")]
    public async Task What_the_kit_carries_is_here_at_once_and_another_version_is_told(string package, string text)
    {
        var output = new RecordedOutput();
        var session = new LmNotebooks.Kernel.Scripting.Session(shelf.Folder);
        var result = await session.RunAsync($"#r \"nuget: {package}\"", "cell", output,
            TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        Assert.Equal(text, output.Text);
        Assert.DoesNotContain(output.Log, l => l.StartsWith("display"));
    }
}
