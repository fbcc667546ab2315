using System.Diagnostics;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

/// <summary>The commands as a shell sees them: real processes, exit codes and both streams.</summary>
public class CommandTests
{
    private readonly NotebookFolder folder = new();

    private readonly LmProcess lm;

    public CommandTests() => lm = new LmProcess(folder.Path);

    [Fact]
    public Task An_unknown_command_is_refused() => lm.RefusesAsync(2, "'fly'", "fly");

    [Fact]
    public Task Run_without_a_notebook_is_refused() => lm.RefusesAsync(2, "'run'", "run");

    [Fact]
    public Task An_unknown_scale_is_refused_with_the_three_names() =>
        lm.RefusesAsync(2, "There is no scale 'Huge': it is one of Ci, Laptop, Gpu.", "run", "n.ipynb", "--scale",
            "Huge");

    [Fact]
    public Task A_time_that_is_no_number_is_refused() =>
        lm.RefusesAsync(2, "--timeout", "run", "n.ipynb", "--timeout", "long");

    [Fact]
    public Task In_place_and_out_together_are_refused() =>
        lm.RefusesAsync(2, "exclude each other", "run", "n.ipynb", "--in-place", "--out", "x");

    [Fact]
    public Task A_missing_notebook_is_named() =>
        lm.RefusesAsync(1, "There is no notebook 'nowhere.ipynb'", "run", "nowhere.ipynb");

    [Fact]
    public Task A_pattern_without_notebooks_is_named() =>
        lm.RefusesAsync(1, "There is no notebook 'x*.ipynb'", "run", "x*.ipynb");

    [Fact]
    public Task An_unknown_corpus_is_refused() =>
        lm.RefusesAsync(1, "There is no corpus 'none': 'lm fetch' lists them.", "fetch", "none");

    [Fact]
    public async Task A_corpus_that_is_here_is_checked_and_not_used_when_it_is_another()
    {
        File.WriteAllText(Path.Combine(folder.Path, "tiny-shakespeare.txt"), "To be");
        await lm.RefusesAsync(1, "tiny-shakespeare.txt has 5 bytes", "fetch", "tiny-shakespeare", "--out", ".");
    }

    [Fact]
    public async Task A_corpus_goes_to_the_kits_own_folder_from_wherever_it_is_asked_for()
    {
        var corpora = Path.Combine(folder.Path, "kit", "out", "corpora");
        lm.Write(Path.Combine(folder.Path, "kit", "LmNotebooks.sln"), "");
        lm.Write(Path.Combine(corpora, "tiny-shakespeare.txt"), "To be");
        var below = new LmProcess(Directory.CreateDirectory(Path.Combine(folder.Path, "kit", "notebooks")).FullName);
        await below.RefusesAsync(1, "tiny-shakespeare.txt has 5 bytes", "fetch", "tiny-shakespeare");
        Assert.Single(Directory.GetFiles(folder.Path, "tiny-shakespeare.txt*", SearchOption.AllDirectories));
    }

    [Fact]
    public Task A_broken_notebook_is_named()
    {
        File.WriteAllText(Path.Combine(folder.Path, "broken.ipynb"), "{\"cells\": [");
        return lm.RefusesAsync(1, "broken.ipynb is not a notebook: it is not valid JSON", "run", "broken.ipynb",
            "--out", "results");
    }

    [Fact]
    public async Task An_output_folder_below_a_file_is_refused_before_anything_runs()
    {
        folder.Write("n.ipynb", "System.IO.File.WriteAllText(\"ran\", \"\");");
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        await lm.RefusesAsync(1, "cannot be written", "run", "n.ipynb", "--out", "file/below");
        Assert.False(File.Exists(Path.Combine(folder.Path, "ran")));
    }

    [Fact]
    public Task Results_never_replace_the_notebook_unasked()
    {
        folder.Write("n.ipynb", "1");
        return lm.RefusesAsync(1, "--in-place", "run", "n.ipynb", "--out", ".");
    }

    [Fact]
    public async Task Run_writes_notebooks_and_pages_and_says_where()
    {
        folder.Write("a.ipynb", "1 + 1");
        folder.Write("b.ipynb", "throw new Exception(\"boo\");");
        var ran = await lm.RunAsync("run", "?.ipynb", "--scale", "ci", "--out", "results", "--html");
        Assert.Equal("b: cell 1 failed: Exception: boo\n", ran.Error.ReplaceLineEndings("\n"));
        Assert.Equal(1, ran.Code);
        foreach (var name in new[] { "a.ipynb", "a.html", "b.ipynb", "b.html" })
        {
            Assert.True(File.Exists(Path.Combine(folder.Path, "results", name)), name);
            Assert.Contains(Path.Combine("results", name), ran.Out);
        }
        Assert.Contains("a: cell 1 of 1", ran.Out);
        Assert.DoesNotContain("\e", ran.Out);
    }

    [Fact]
    public async Task Run_in_place_writes_the_notebook_itself_and_nothing_else()
    {
        var path = folder.Write("a.ipynb", "1 + 1");
        Assert.Equal(0, (await lm.RunAsync("run", "a.ipynb", "--in-place")).Code);
        Assert.Equal("2", Notebook.Text(Notebook.Read(path).Cells[1].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Control_c_writes_what_ran_and_exits_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        folder.Write("n.ipynb", "1 + 1", "while (true) { }");
        using var process = lm.Start("run", "n.ipynb", "--out", "results");
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("n: cell 1 of 2", line);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, "n: interrupted; what had run is written.\n"), (process.ExitCode, error));
        var written = Notebook.Read(Path.Combine(folder.Path, "results", "n.ipynb"));
        Assert.Equal("2", Notebook.Text(written.Cells[1].Outputs[0]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task A_worker_ends_when_its_parent_is_killed()
    {
        folder.Write("n.ipynb", "System.IO.File.WriteAllText(\"pid\", $\"{Environment.ProcessId}\");",
            "while (true) { }");
        using var parent = lm.Start("run", "n.ipynb", "--out", "results");
        await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var worker = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path,
            "pid"), TestContext.Current.CancellationToken)));
        parent.Kill();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience.Event, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_command_lm_checks_the_machine_installs_the_kernel_and_executes_the_first_notebook()
    {
        Kit();
        var ran = await lm.RunAsync();
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith("ok      system", ran.Out);
        Assert.Matches(@"\nok +kernel +Installed the kernel C# \(LmNotebooks\) in .*'lm uninstall' removes it",
            ran.Out);
        Assert.True(File.Exists(Path.Combine(lm.Kernel, "kernel.json")));
        Assert.False(Directory.Exists(lm.Bin), "A launcher was written that nobody asked for.");
        foreach (var name in new[] { "00-start-here.ipynb", "00-start-here.html" })
        {
            Assert.True(File.Exists(Path.Combine(folder.Path, "out", name)), name);
            Assert.Contains(Path.Combine("out", name), ran.Out);
        }
    }

    [Fact]
    public async Task Start_installs_nothing_where_it_is_told_so()
    {
        Kit();
        Assert.Equal(0, (await lm.RunAsync("start", "--no-install")).Code);
        Assert.False(Directory.Exists(lm.Home));
    }

    [Fact]
    public async Task Start_leaves_another_programs_kernel_and_goes_on()
    {
        Kit();
        var foreign = lm.Write(Path.Combine(lm.Kernel, "kernel.json"), "{}");
        var ran = await lm.RunAsync("start");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Matches("\nnote +kernel .*another program's", ran.Out);
        Assert.Equal("{}", File.ReadAllText(foreign));
    }

    /// <summary>Makes the folder a kit with a short first notebook.</summary>
    private void Kit()
    {
        File.WriteAllText(Path.Combine(folder.Path, "LmNotebooks.sln"), "");
        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
        File.Move(folder.Write("n.ipynb", "1 + 1"), Path.Combine(folder.Path, "notebooks", "00-start-here.ipynb"));
    }

    [Fact]
    public async Task Help_lists_the_commands_for_people_with_examples()
    {
        var help = await lm.RunAsync("--help");
        Assert.Equal(0, help.Code);
        foreach (var word in new[] { "start", "run", "doctor", "install", "uninstall", "--no-install", "Examples:" })
            Assert.Contains(word, help.Out);
        Assert.DoesNotContain("worker", help.Out);
    }

    [Theory]
    [InlineData("start", "--no-install")]
    [InlineData("run", "lm run my-experiments/*.ipynb --in-place")]
    [InlineData("doctor", "--gpu")]
    [InlineData("install", "lm install --prefix /usr/local")]
    [InlineData("uninstall", "lm uninstall --prefix /usr/local")]
    public async Task Every_command_has_help(string command, string words)
    {
        var help = await lm.RunAsync(command, "--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains(words, help.Out);
    }
}
