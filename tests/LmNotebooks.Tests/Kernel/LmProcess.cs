using System.Diagnostics;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

/// <summary>The program as a shell starts it, with a home folder of its own: nothing is written to the real
/// one.</summary>
internal sealed class LmProcess(string folder)
{
    public string Home { get; } = Path.Combine(folder, "home");
    public string Kernel => Path.Combine(Home, "jupyter", "kernels", "lmnotebooks");
    public string Bin => Path.Combine(Home, ".local", "bin");
    public string Launcher => Path.Combine(Bin, OperatingSystem.IsWindows() ? "lm.cmd" : "lm");

    /// <summary>Variables of the environment; null removes one.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public string Program { get; init; } = typeof(Notebook).Assembly.Location;

    public Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in new[] { "HOME", "USERPROFILE", "APPDATA" }) start.Environment[name] = Home;
        foreach (var name in new[] { "XDG_DATA_HOME", "JUPYTER_PATH" }) start.Environment.Remove(name);
        start.Environment["JUPYTER_DATA_DIR"] = Path.Combine(Home, "jupyter");
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, error);
    }

    /// <summary>Asserts that it writes one line on the standard error, with these words, and nothing else.</summary>
    public async Task RefusesAsync(int code, string words, params string[] args)
    {
        var ran = await RunAsync(args);
        Assert.Contains(words, ran.Error);
        Assert.Single(ran.Error.TrimEnd().Split('\n'));
        Assert.Equal((code, ""), (ran.Code, ran.Out));
    }

    /// <summary>Writes a file as another program would.</summary>
    /// <returns>Its path.</returns>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
