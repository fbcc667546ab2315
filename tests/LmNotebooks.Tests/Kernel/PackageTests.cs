using System.Text;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Kernel.Scripting;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Packages that cells ask for, from a source of the test's own.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly PackageFeed feed = new();
    private readonly RecordedOutput output = new();
    private readonly Session session;

    public PackageTests()
    {
        session = new Session(feed.Folder);
        var words = feed.Add("Test.Words", "1.0.0",
            "public static class Words { public static string Hello => \"hello\"; }");
        feed.Add("Test.Greeting", "1.0.0",
            "public static class Greeting { public static string Of(string name) => Words.Hello + \" \" + name; }",
            [words], ["Test.Words 1.0.0"]);
    }

    public void Dispose() => feed.Dispose();

    private async Task<string?> ValueAsync(string code, Session? other = null)
    {
        output.Log.Clear();
        var result = await (other ?? session).RunAsync(code, "cell", output, TestContext.Current.CancellationToken);
        Assert.True(result.Error is null, string.Join('\n', result.Error?.Traceback ?? []));
        return (string?)result.Data?["text/plain"];
    }

    private async Task<string> ErrorAsync(string code) =>
        (await session.RunAsync(code, "cell", output, TestContext.Current.CancellationToken)).Error!.Message;

    [Fact]
    public async Task A_package_comes_with_what_it_depends_on_and_while_it_comes_the_cell_says_so()
    {
        const string Code = "#r \"nuget: Test.Greeting, 1.0.0\"\nGreeting.Of(\"you\") + Words.Hello";
        Assert.Equal("hello youhello", await ValueAsync(Code));
        Assert.StartsWith("display: Restoring Test.Greeting 1.0.0: ", output.Log[0]);
        Assert.Equal("clear", output.Log[^1]);

        Assert.Equal("hello youhello", await ValueAsync(Code));
        Assert.Equal("hello she", await ValueAsync("Greeting.Of(\"she\")"));
        Assert.Equal("hello he", await ValueAsync("#r \"NuGet:test.greeting\"\nGreeting.Of(\"he\")"));
        Assert.Equal(["stdout: Test.Greeting 1.0.0\n"], output.Log);

        Assert.Equal("hello youhello", await ValueAsync(Code, new Session(feed.Folder)));
        Assert.Empty(output.Log); // another session finds what this one restored
    }

    [Fact]
    public async Task What_is_kept_of_a_restore_may_be_cut_off_and_packages_may_be_cleared_away()
    {
        const string Code = "#r \"nuget: Test.Words, 1.0.0\"\nWords.Hello";
        await ValueAsync(Code);
        foreach (var file in feed.KeptFiles) File.WriteAllText(file, "{ \"version\": 3,");
        Assert.Equal("hello", await ValueAsync(Code, new Session(feed.Folder)));
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 },
            "NUGET_PACKAGES says where packages are kept: what is cleared away would be the user's.");
        Directory.Move(Path.Combine(feed.Folder, "packages"), Path.Combine(feed.Folder, "elsewhere"));
        Assert.Equal("hello", await ValueAsync(Code, new Session(feed.Folder)));
    }

    [Fact]
    public async Task Several_packages_of_a_cell_and_of_a_file_that_it_loads_come_at_once()
    {
        File.WriteAllText(Path.Combine(feed.Folder, "words.csx"),
            "#r \"nuget: Test.Words, 1.0.0\"\nvar word = Words.Hello;");
        Assert.Equal("hello hello",
            await ValueAsync("#load \"words.csx\"\n#r \"nuget: Test.Greeting\"\nGreeting.Of(word)"));
        Assert.StartsWith("display: Restoring Test.Greeting, Test.Words 1.0.0", output.Log[0]);
        Assert.Equal("stdout: Test.Greeting 1.0.0\n", output.Log[^1]);
    }

    [Fact]
    public async Task Without_a_version_the_newest_stable_one_comes_and_a_pattern_may_mean_others()
    {
        foreach (var version in new[] { "1.0.0", "1.2.0", "3.0.0-beta.1" })
            foreach (var name in new[] { "Test.A", "Test.B", "Test.C" })
                feed.Add(name, version, "public class Version;");
        await ValueAsync("#r \"nuget: Test.A\"\n#r \"nuget: Test.B, *-*\"\n#r \"nuget: Test.C, [1.0,1.1]\"");
        Assert.Equal("stdout: Test.A 1.2.0\nTest.B 3.0.0-beta.1\nTest.C 1.0.0\n", output.Log[^1]);
    }

    [Fact]
    public async Task Two_sessions_may_restore_the_same_at_once()
    {
        var others = Enumerable.Range(0, 2).Select(_ => new Session(feed.Folder));
        var results = await Task.WhenAll(others.Select(s =>
            s.RunAsync("#r \"nuget: Test.Greeting, 1.0.0\"\nGreeting.Of(\"you\")", "cell", new RecordedOutput(),
                TestContext.Current.CancellationToken)));
        Assert.All(results, r => Assert.Equal("hello you", (string?)r.Data?["text/plain"]));
    }

    [Fact]
    public async Task Native_libraries_of_a_package_and_of_those_it_needs_are_found()
    {
        var system = $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}";
        var name = Path.GetFileName(PackageFeed.Checksums).Replace("System.IO.Compression.Native", "testsums");
        feed.AddFiles("Test.Sums.Native", "1.0.0",
            new() { [$"runtimes/{system.ToLowerInvariant()}/native/{name}"] =
            File.ReadAllBytes(PackageFeed.Checksums) });
        feed.Add("Test.Sums", "1.0.0", """
            public static class Sums
            {
                [System.Runtime.InteropServices.DllImport("testsums", EntryPoint = "CompressionNative_Crc32")]
                public static extern uint Crc32(uint start, byte[] bytes, int length);
            }
            """, dependencies: ["Test.Sums.Native 1.0.0"]);
        Assert.Equal("CBF43926",
            await ValueAsync("#r \"nuget: Test.Sums, 1.0.0\"\nSums.Crc32(0, \"123456789\"u8.ToArray(), "
            + "9).ToString(\"X\")"));
    }

    [Fact]
    public async Task Code_refers_to_what_a_package_shows_and_runs_what_it_has_for_it()
    {
        const string Shown = "public static class Engine { public static string Name => throw null; }";
        feed.AddFiles("Test.Engine", "1.0.0", new()
        {
            ["ref/net8.0/Test.Engine.dll"] = PackageFeed.Compile("Test.Engine", Shown),
            ["lib/net8.0/Test.Engine.dll"] = PackageFeed.Compile("Test.Engine",
                Shown.Replace("throw null", "\"real\"")),
        });
        Assert.Equal("real", await ValueAsync("#r \"nuget: Test.Engine, 1.0.0\"\nEngine.Name"));
    }

    [Fact]
    public async Task Texts_in_other_languages_are_found_and_numbers_stay_as_they_are()
    {
        feed.AddFiles("Test.Texts.de", "1.0.0",
            new() { ["lib/net8.0/de/Test.Texts.resources.dll"] =
            PackageFeed.Texts("Test.Texts", "de", "Hello", "guten Tag") });
        feed.Add("Test.Texts", "1.0.0", """
            public static class Texts
            {
                public static string Of(string culture) =>
                    new System.Resources.ResourceManager("Test.Texts", typeof(Texts).Assembly).GetString("Hello", new System.Globalization.CultureInfo(culture));
            }
            """, dependencies: ["Test.Texts.de 1.0.0"]);
        Assert.Equal("guten Tag, 1234.5", await ValueAsync("""
            #r "nuget: Test.Texts, 1.0.0"
            System.Globalization.CultureInfo.CurrentCulture = new("de");
            $"{Texts.Of("de")}, {1234.5}"
            """));
    }

    [Fact]
    public async Task Completion_and_inspection_know_a_package()
    {
        const string Docs =
            """<doc><members><member name="P:Garden.Tree"><summary>Grows slowly.</summary></member></members></doc>""";
        feed.AddFiles("Test.Garden", "1.0.0", new()
        {
            ["lib/net8.0/Test.Garden.dll"] = PackageFeed.Compile("Test.Garden",
                "public static class Garden { public static int Tree => 1; }"),
            ["lib/net8.0/Test.Garden.xml"] = Encoding.UTF8.GetBytes(Docs),
        });
        await ValueAsync("#r \"nuget: Test.Garden, 1.0.0\"");
        var completions = await session.Language.CompleteAsync("Garden.", 7, TestContext.Current.CancellationToken);
        Assert.Contains("Tree", completions.Items.Select(i => i.Text));
        Assert.Contains("Grows slowly.", await session.Language.InspectAsync("Garden.Tree", 9,
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cell_can_name_another_source()
    {
        using var other = new PackageFeed();
        other.Add("Test.Elsewhere", "1.0.0", "public static class Elsewhere { public static int X => 5; }");
        var path = Path.GetRelativePath(feed.Folder, Path.Combine(other.Folder, "feed")).Replace('\\', '/');
        var code = $"#i \"nuget: {path}\"\n#r \"nuget: Test.Elsewhere, 1.0.0\"\nElsewhere.X";
        Assert.Equal(Completeness.Complete, LanguageService.IsComplete(code));
        Assert.Equal("5", await ValueAsync(code));
        Assert.StartsWith("(2,1): error: There is no folder '", await ErrorAsync("1\n#i \"nuget: nowhere\""));
        Assert.Contains("CS1024", await ErrorAsync("#i \"something else\""));
    }

    [Fact]
    public async Task What_a_session_has_loaded_stays_and_a_cell_that_needs_another_version_says_what_to_do()
    {
        var words = feed.Add("Test.Words", "2.0.0",
            "public static class Words { public static string Hello => \"hi\"; }");
        feed.Add("Test.Shout", "1.0.0",
            "public static class Shout { public static string It => Words.Hello.ToUpper(); }", [words],
            ["Test.Words 2.0.0"]);
        await ValueAsync("#r \"nuget: Test.Greeting, 1.0.0\"");
        Assert.Equal("(1,1): error: Test.Words 2.0.0 was asked for, and this session has 1.0.0 of it: restart the "
            + "kernel to change it.",
            await ErrorAsync("#r \"nuget: Test.Words, 2.0.0\""));
        Assert.Equal("(2,1): error: Test.Shout 1.0.0 needs Test.Words 2.0.0, and an earlier cell has loaded 1.0.0: "
            + "restart the kernel, and ask for both in one cell.",
            await ErrorAsync("// loud\n#r \"nuget: Test.Shout, 1.0.0\""));
        Assert.Equal("hello you", await ValueAsync("Greeting.Of(\"you\")"));
        Assert.Equal("hi you HI", await ValueAsync(
            "#r \"nuget: Test.Greeting, 1.0.0\"\n#r \"nuget: Test.Shout, 1.0.0\"\nGreeting.Of(\"you\") + \" \" + "
                + "Shout.It", new Session(feed.Folder)));
    }

    [Fact]
    public async Task A_notebook_keeps_nothing_of_the_waiting_and_is_the_same_when_it_runs_again()
    {
        var path = Path.Combine(feed.Folder, "n.ipynb");
        File.Move(new NotebookFolder().Write("n.ipynb", "#r \"nuget: Test.Greeting\"", "Greeting.Of(\"you\")"), path);
        async Task<string> RunAsync()
        {
            var result = await HeadlessRun.ExecuteAsync(path, null, TimeSpan.FromMinutes(5), new Progress<NotebookEvent>(),
                TestContext.Current.CancellationToken);
            Assert.True(result.Succeeded, result.Error);
            return result.Notebook.ToText();
        }

        var first = await RunAsync();
        Assert.Equal(first, await RunAsync());
        Assert.Contains("Test.Greeting 1.0.0", first);
        Assert.DoesNotContain("Restoring", first);
    }
}
