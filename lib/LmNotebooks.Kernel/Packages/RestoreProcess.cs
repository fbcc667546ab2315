using System.Diagnostics;

namespace LmNotebooks.Kernel.Packages;

/// <summary>A run of <c>dotnet</c> that restores a project.</summary>
internal static class RestoreProcess
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>What MSBuild tells its children, which is not meant for a build of their own.</summary>
    private static readonly string[] OfOtherBuilds =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    /// <returns>The last line that it wrote.</returns>
    /// <exception cref="OperationCanceledException">By the token; the process has ended.</exception>
    public static string Run(string project, Action<TimeSpan> waiting, CancellationToken token)
    {
        string[] arguments =
            ["msbuild", project, "-t:Restore", "-nologo", "-v:q", "-nodeReuse:false", "-noAutoResponse"];
        var start = new ProcessStartInfo(DotNet.Path, arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(project), UseShellExecute = false,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // its words are read
        foreach (var name in OfOtherBuilds) start.Environment.Remove(name);
        var last = "";
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        var clock = Stopwatch.StartNew();
        process.Start();
        try
        {
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var _ = token.UnsafeRegister(_ => process.Kill(entireProcessTree: true), null);
            do waiting(clock.Elapsed);
            while (!process.WaitForExit(Tick));
            process.WaitForExit(); // for the end of its output
            token.ThrowIfCancellationRequested();
            return last;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }

        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (!string.IsNullOrWhiteSpace(line.Data)) last = line.Data.Trim();
        }
    }
}
