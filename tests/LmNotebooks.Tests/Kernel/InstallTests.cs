using System.Diagnostics;
using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

public class InstallTests
{
    private readonly NotebookFolder folder = new();
    private readonly LmProcess lm;

    public InstallTests() => lm = new LmProcess(folder.Path);

    private string KernelJson => Path.Combine(lm.Kernel, "kernel.json");

    /// <summary>Every file below the home folder with its text and time.</summary>
    private Dictionary<string, (string, DateTime)> Files => Directory.Exists(lm.Home)
        ? Directory.GetFiles(lm.Home, "*", SearchOption.AllDirectories)
            .ToDictionary(f => f, f => (File.ReadAllText(f), File.GetLastWriteTimeUtc(f))) : [];

    [Fact]
    public async Task Install_writes_what_VS_Code_and_Jupyter_need_to_start_the_kernel()
    {
        var ran = await lm.RunAsync("install");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains($"Installed the kernel C# (LmNotebooks) in {lm.Kernel}.", ran.Out);
        Assert.Contains($"Installed the command {lm.Launcher}. {lm.Bin} is not on PATH", ran.Out);
        var spec = JsonNode.Parse(File.ReadAllText(KernelJson))!;
        var argv = spec["argv"]!.AsArray().Select(a => (string)a!).ToList();
        Assert.All(argv[..2], program => Assert.True(Path.IsPathFullyQualified(program) && File.Exists(program),
            program));
        Assert.Equal(["kernel", "{connection_file}"], argv[2..]);
        Assert.Equal(("C# (LmNotebooks)", "csharp", "message"),
            ((string?)spec["display_name"], (string?)spec["language"], (string?)spec["interrupt_mode"]));
        Assert.Equal("passive", (string?)spec["env"]!["OMP_WAIT_POLICY"]);
        Assert.False((bool)spec["metadata"]!["debugger"]!);
        Assert.Equal(["kernel.json", "logo-svg.svg"], Directory.GetFiles(lm.Kernel).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Installing_again_changes_nothing_and_says_so()
    {
        lm.Environment["PATH"] = $"{lm.Bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        await lm.RunAsync("install");
        var before = Files;
        var ran = await lm.RunAsync("install", "--user");
        Assert.Equal($"Up to date: the kernel C# (LmNotebooks) in {lm.Kernel}.\nUp to date: the command "
            + $"{lm.Launcher}.\n", ran.Out.ReplaceLineEndings("\n"));
        Assert.Equal(before, Files);
    }

    [Theory]
    [InlineData("""{ "argv": ["/usr/bin/dotnet", "/kit that/was moved/lm.dll", "kernel", "{connection_file}"], "display_name": "C#" }""")]
    [InlineData("""{ "argv": ["C:\\dotnet.exe", "C:\\kit\\lm.dll", "kernel"] }""")]
    public async Task An_older_kernel_of_ours_is_updated(string older)
    {
        lm.Write(KernelJson, older);
        var ran = await lm.RunAsync("install");
        Assert.Equal(0, ran.Code);
        Assert.StartsWith("Updated the kernel", ran.Out);
        Assert.Contains("connection_file", File.ReadAllText(KernelJson));
        Assert.NotEqual(older, File.ReadAllText(KernelJson));
    }

    [Theory]
    [InlineData("""{ "argv": ["/usr/bin/other", "-f", "{connection_file}"], "display_name": "Other" }""")]
    [InlineData("""{ "argv": ["dotnet", "/other/notlm.dll", "kernel", "{connection_file}"] }""")]
    [InlineData("""{ "argv": "lm.dll" }""")]
    [InlineData("""{ "argv": [1, null, {}] }""")]
    [InlineData("not JSON")]
    [InlineData("")]
    public async Task Another_programs_kernel_is_neither_replaced_nor_removed_unasked(string foreign)
    {
        lm.Write(KernelJson, foreign);
        var before = Files;
        foreach (var command in new[] { "install", "uninstall" }) await lm.RefusesAsync(1, "--force", command);
        Assert.Equal(before, Files);
    }

    [Fact]
    public async Task Force_replaces_and_removes_what_is_anothers()
    {
        lm.Write(KernelJson, "{}");
        lm.Write(lm.Launcher, "#!/bin/sh\n");
        var ran = await lm.RunAsync("install", "--force");
        Assert.Equal(0, ran.Code);
        Assert.Contains("Replaced the kernel", ran.Out);
        Assert.Contains("Replaced the command", ran.Out);
        Assert.Contains("lm.dll", File.ReadAllText(KernelJson));
        lm.Write(KernelJson, "{}");
        Assert.Equal(0, (await lm.RunAsync("uninstall", "--force")).Code);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Another_program_of_the_name_lm_stays_and_is_no_failure()
    {
        lm.Write(lm.Launcher, "#!/bin/sh\n");
        var (installed, removed) = (await lm.RunAsync("install"), await lm.RunAsync("uninstall"));
        Assert.Equal((0, 0), (installed.Code, removed.Code));
        foreach (var output in new[] { installed.Out, removed.Out })
            Assert.Contains($"Left {lm.Launcher} as it is: it is another program's", output);
        Assert.Equal(lm.Launcher, Assert.Single(Files).Key);
    }

    [Fact]
    public async Task Uninstall_removes_what_install_wrote_and_nothing_else()
    {
        lm.Write(Path.Combine(lm.Kernel, "mine.txt"), "mine");
        lm.Write(Path.Combine(lm.Kernel, "..", "python3", "kernel.json"), "{}");
        lm.Write(Path.Combine(lm.Bin, "other"), "");
        var before = Files;
        await lm.RunAsync("install");
        Assert.Equal(before.Count + 3, Files.Count);
        var ran = await lm.RunAsync("uninstall");
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(before, Files);
    }

    [Fact]
    public async Task Uninstalling_again_says_that_there_is_nothing()
    {
        await lm.RunAsync("install");
        await lm.RunAsync("uninstall");
        Assert.False(Directory.Exists(lm.Kernel));
        var ran = await lm.RunAsync("uninstall");
        Assert.Equal(0, ran.Code);
        Assert.Contains("nothing to remove", ran.Out);
    }

    [Fact]
    public async Task A_prefix_has_the_kernel_below_share_and_no_launcher()
    {
        var prefix = Path.Combine(folder.Path, "a prefix, \"quoted'");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        Assert.Equal(0, (await lm.RunAsync("install", "--prefix", prefix)).Code);
        Assert.True(File.Exists(Path.Combine(prefix, "share", "jupyter", "kernels", "lmnotebooks", "kernel.json")));
        Assert.False(Directory.Exists(lm.Home));
        Assert.Equal(0, (await lm.RunAsync("uninstall", "--prefix", Path.GetFileName(prefix))).Code);
        Assert.Empty(Directory.GetFiles(prefix, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("JUPYTER_DATA_DIR", "")]
    [InlineData("XDG_DATA_HOME", "jupyter")]
    [InlineData("HOME", ".local/share/jupyter")]
    public async Task The_first_of_Jupyters_variables_that_is_set_says_where(string variable, string below)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "These are the rules of Linux.");
        var place = Path.Combine(folder.Path, "a place");
        lm.Environment["JUPYTER_DATA_DIR"] = "";
        lm.Environment[variable] = place;
        Assert.Equal(0, (await lm.RunAsync("install")).Code);
        Assert.True(File.Exists(Path.Combine(place, below, "kernels", "lmnotebooks", "kernel.json")));
    }

    [Fact]
    public async Task The_launcher_starts_a_kit_whose_path_has_spaces_and_quotes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The launcher of Windows needs its command interpreter.");
        var kit = Path.Combine(folder.Path, "the reader's \"kit\" $HOME");
        Directory.CreateDirectory(kit);
        var built = Path.GetDirectoryName(typeof(Notebook).Assembly.Location)!;
        foreach (var file in new[] { "lm.dll", "lm.runtimeconfig.json", "LmNotebooks.dll", "System.CommandLine.dll",
            "Spectre.Console.dll" })
            File.Copy(Path.Combine(built, file), Path.Combine(kit, file));
        var moved = new LmProcess(folder.Path) { Program = Path.Combine(kit, "lm.dll") };
        Assert.Equal(0, (await moved.RunAsync("install")).Code);
        using var launched = Process.Start(new ProcessStartInfo(lm.Launcher,
            ["install", "--prefix", "a b"]) { WorkingDirectory = folder.Path })!;
        await launched.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, launched.ExitCode);
        var second = Path.Combine(folder.Path, "a b", "share", "jupyter", "kernels", "lmnotebooks", "kernel.json");
        Assert.Equal(File.ReadAllText(KernelJson), File.ReadAllText(second));
    }

    [Fact]
    public Task User_and_prefix_together_are_refused() =>
        lm.RefusesAsync(2, "exclude each other", "install", "--user", "--prefix", "x");

    [Fact]
    public Task A_place_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        return lm.RefusesAsync(1, "cannot be written", "install", "--prefix", "file");
    }
}
