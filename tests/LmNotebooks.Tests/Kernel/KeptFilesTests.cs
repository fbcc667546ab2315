using System.Text;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

/// <summary>What <c>lm run</c> does to the files of people: what it must not touch stays byte for byte, and what it
/// writes keeps its place, name and permissions.</summary>
public class KeptFilesTests
{
    private readonly NotebookFolder folder = new();
    private readonly LmProcess lm;

    public KeptFilesTests() => lm = new LmProcess(folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string At(string name) => Path.Combine(folder.Path, name);

    private static string Result(string path, int cell = 1) =>
        Notebook.Text(Notebook.Read(path).Cells[cell].Outputs[0]!["data"]!["text/plain"]);

    private async Task RunAsync(params string[] args)
    {
        var ran = await lm.RunAsync(["run", .. args]);
        Assert.Equal((0, ""), (ran.Code, ran.Error));
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_refused_before_anything_runs()
    {
        folder.Write("a.ipynb", "File.WriteAllText(\"ran\", \"\");");
        var path = folder.Write("b.ipynb", "print(1)");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["metadata"]!["kernelspec"] =
            JsonNode.Parse("""{"name":"python3","language":"python","display_name":"Python 3"}""");
        File.WriteAllText(path, json.ToJsonString());
        foreach (var where in new[] { "--in-place", "--html" })
            await lm.RefusesAsync(
                1, "b.ipynb is a notebook in Python, and lm runs C#: run it with a kernel for Python.", "run",
                    "?.ipynb", where);
        Assert.Equal(json.ToJsonString(), File.ReadAllText(path));
        Assert.False(File.Exists(At("ran")));
    }

    [Fact]
    public async Task A_notebook_of_an_old_format_is_refused_by_its_format()
    {
        const string old = """{"metadata":{"name":""},"nbformat":3,"nbformat_minor":0,"worksheets":[{"cells":[]}]}""";
        File.WriteAllText(At("n.ipynb"), old);
        const string refused = "n.ipynb is not an nbformat 4 notebook but one of nbformat 3";
        await lm.RefusesAsync(1, refused, "run", "n.ipynb", "--in-place");
        Assert.Equal(old, File.ReadAllText(At("n.ipynb")));
    }

    [Fact]
    public async Task In_place_a_link_stays_a_link_and_a_private_file_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other links and permissions.");
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(At("below"));
        var real = folder.Write("below/real.ipynb", "1 + 1");
        File.SetUnixFileMode(real, mine);
        File.CreateSymbolicLink(At("link.ipynb"), "below/real.ipynb");
        await RunAsync("link.ipynb", "--in-place");
        Assert.Equal("below/real.ipynb", new FileInfo(At("link.ipynb")).LinkTarget);
        Assert.Equal(("2", mine), (Result(real), File.GetUnixFileMode(real)));
        Assert.Equal([real], Directory.GetFiles(At("below")));
    }

    [Theory]
    [InlineData("n.ipynb", "it is write-protected", "--in-place")]
    [InlineData("results/n.ipynb", "it is write-protected", "--out", "results")]
    [InlineData("results/n.html", "it is write-protected", "--out", "results", "--html")]
    [InlineData("n.html", "was not written by lm and would be lost", "--in-place", "--html")]
    public async Task What_is_write_protected_or_was_written_by_hand_is_refused_before_anything_runs(
        string name, string words, params string[] args)
    {
        Assert.SkipWhen(words.Contains("protected") && Small.MayWriteAll, "The superuser may write all.");
        folder.Write("n.ipynb", "File.WriteAllText(\"ran\", \"\");");
        if (!File.Exists(At(name))) lm.Write(At(name), "<h1>Mine</h1>");
        var before = File.ReadAllText(At(name));
        if (words.Contains("protected")) File.SetAttributes(At(name), FileAttributes.ReadOnly);
        await lm.RefusesAsync(1, words, ["run", "n.ipynb", .. args]);
        Assert.Equal((before, false), (File.ReadAllText(At(name)), File.Exists(At("ran"))));
        File.SetAttributes(At(name), FileAttributes.Normal);
    }

    [Fact]
    public async Task A_page_of_ours_is_written_again_and_results_do_not_replace_the_notebook_through_a_link()
    {
        folder.Write("n.ipynb", "1 + 1");
        await RunAsync("n.ipynb", "--out", "results", "--html");
        await RunAsync("n.ipynb", "--out", "results", "--html");
        Directory.CreateSymbolicLink(At("here"), folder.Path);
        await lm.RefusesAsync(1, "--in-place", "run", "n.ipynb", "--out", "here");
    }

    [Fact]
    public async Task A_notebook_that_was_changed_while_it_ran_is_kept_and_the_results_lie_beside_it()
    {
        var path = folder.Write("n.ipynb", "File.AppendAllText(\"n.ipynb\", \"\\n\");\n1 + 1");
        var changed = File.ReadAllText(path) + "\n";
        var ran = await lm.RunAsync("run", "n.ipynb", "--in-place");
        Assert.Equal((1, changed), (ran.Code, File.ReadAllText(path)));
        Assert.Contains("was changed while it ran", ran.Error);
        Assert.Equal("2", Result(At("n.executed-1.ipynb")));
    }

    [Fact]
    public async Task A_name_that_exists_is_that_file_and_not_a_pattern()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        string[] others =
            ["what is it?.ipynb", "what is itX.ipynb", "a*.ipynb", "ab.ipynb", "n[1].ipynb", "n1.ipynb", "01.ipynb"];
        foreach (var name in others) folder.Write(name, "1 + 1");
        var before = others.ToDictionary(name => name, name => File.ReadAllText(At(name)));
        await RunAsync("what is it?.ipynb", "a*.ipynb", "n[1].ipynb", "--in-place");
        string[] ran = [others[0], others[2], others[4]];
        Assert.All(others, name => Assert.Equal(ran.Contains(name), File.ReadAllText(At(name)) != before[name]));
        // A ? is one character, not one or none.
        await lm.RefusesAsync(1, "There is no notebook '01?.ipynb'", "run", "01?.ipynb", "--in-place");
    }

    [Fact]
    public async Task Any_name_that_the_system_allows_can_be_run_written_and_drawn()
    {
        string[] names = OperatingSystem.IsWindows() ? ["sp ace é 日本語 😀.ipynb", "a.b.c.ipynb"]
            :
            [
                "sp ace é 日本語 😀.ipynb", "50% [draft] #1 & 'q' \"d\" $HOME.ipynb", "./-dash.ipynb", "a.b.c.ipynb",
                "UPPER.IPYNB", "a room/ü[1] #2/x.ipynb",
            ];
        Directory.CreateDirectory(At("a room/ü[1] #2"));
        foreach (var name in names) folder.Write(name, "1 + 1");
        await RunAsync([.. names, "--out", "results", "--html"]);
        foreach (var name in names.Select(n => Path.GetFileName(n)))
        {
            Assert.Equal("2", Result(At($"results/{name}")));
            Assert.True(new FileInfo(At($"results/{Path.ChangeExtension(name, ".html")}")).Length > 0, name);
        }
    }

    [Fact]
    public async Task Line_ends_and_encodings_of_every_kind_are_read_and_written_as_one()
    {
        var text = JsonNode.Parse(File.ReadAllText(folder.Write("n.ipynb", "var x = 1;\r\nx + 1")))!.ToString();
        File.WriteAllText(At("n.ipynb"), text.ReplaceLineEndings("\r\n"));
        File.WriteAllText(At("bom.ipynb"), text, new UTF8Encoding(true));
        File.WriteAllText(At("utf16.ipynb"), text, new UnicodeEncoding());
        File.WriteAllText(At("cr.ipynb"), text.Replace("\\r\\n", "\\r"));
        folder.Write("e.ipynb", "\r\nvar x = 1;\r\n\r\nthrow new Exception(\"boo\");");
        await RunAsync("n.ipynb", "bom.ipynb", "utf16.ipynb", "cr.ipynb", "--in-place", "--html");
        foreach (var name in new[] { "n", "bom", "utf16", "cr" })
        {
            var bytes = File.ReadAllBytes(At($"{name}.ipynb"));
            Assert.Equal(("2", (byte)'{'), (Result(At($"{name}.ipynb")), bytes[0]));
            Assert.DoesNotContain((byte)'\r', bytes);
        }
        Assert.Equal(1, (await lm.RunAsync("run", "e.ipynb", "--in-place")).Code);
        Assert.Contains("   at cell 1, line 4", File.ReadAllText(At("e.ipynb")));
    }

    [Theory]
    [InlineData("de_DE.UTF-8", "America/St_Johns")]
    [InlineData("tr_TR.UTF-8", "Not/AZone")]
    public async Task Numbers_and_names_are_the_same_in_every_culture_and_time_zone(string culture, string zone)
    {
        foreach (var name in new[] { "LC_ALL", "LANG" }) lm.Environment[name] = culture;
        lm.Environment["TZ"] = zone;
        folder.Write("n.ipynb", "$\"{1234.5} {0.25:P0} {\"TITLE\".ToLower()} {double.Parse(\"1.5\")}\"", "1e-5");
        // A shell on the way may warn that it has no such locale.
        Assert.Equal(0, (await lm.RunAsync("run", "n.ipynb", "--in-place", "--html")).Code);
        Assert.Equal("1234.5 25 % title 1.5", Result(At("n.ipynb")));
        Assert.Equal("1E-05", Result(At("n.ipynb"), cell: 2));
    }

    [Fact]
    public async Task What_is_saved_has_every_character_of_the_output_as_itself()
    {
        folder.Write("n.ipynb", """
            Console.Write("\x1b[31m😀 \u00a0\u2028\ufeff\ue0a0\x7f\b\f \\ \"\r\nend");
            """);
        await RunAsync("n.ipynb", "--in-place");
        var text = await File.ReadAllTextAsync(At("n.ipynb"), Token);
        string[] lines =
        [
            "\"\\u001b[31m😀 \u00a0\u2028\"", "\"\ufeff\ue0a0\u007f\\b\\f\"", "\" \\\\ \\\"\\r\\n\"", "\"end\"",
        ];
        Assert.Contains("\"text\": [\n      " + string.Join(",\n      ", lines) + "\n     ]", text);
    }
}
