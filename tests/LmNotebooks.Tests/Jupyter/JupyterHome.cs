using System.Diagnostics;
using LmNotebooks.Tests.Guards;
using LmNotebooks.Tests.Kernel;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>A folder in which Jupyter finds our kernel, and a copy of a notebook of the course beside the kit's library; removed after the test.</summary>
internal sealed class JupyterHome : IDisposable
{
    private readonly Small.Folder folder = new();

    /// <summary>The folder that holds <c>notebooks</c> and <c>lib</c>.</summary>
    public string Path => folder.File("kit");

    public async Task<string> NotebookAsync(string name)
    {
        var installed = await new LmProcess(folder.Path).RunAsync("install", "--prefix", folder.File("prefix"));
        Assert.True(installed.Code == 0, installed.Error);
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "notebooks"));
        Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, "lib"), System.IO.Path.Combine(Root.Folder, "lib"));
        var copy = System.IO.Path.Combine(Path, "notebooks", name);
        File.Copy(System.IO.Path.Combine(Root.Folder, "notebooks", name), copy);
        return copy;
    }

    /// <summary>Starts a Jupyter program at the smallest scale.</summary>
    public Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JUPYTER_PATH"] = folder.File("prefix/share/jupyter");
        start.Environment["LM_SCALE"] = "Ci";
        foreach (var name in new[] { "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR" })
            start.Environment[name] = folder.File(name.ToLowerInvariant());
        return Process.Start(start)!;
    }

    public void Dispose() => folder.Dispose();
}
