using System.Diagnostics;
using LmNotebooks.Tests.Guards;
using LmNotebooks.Tests.Kernel;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>A folder in which Jupyter finds our kernel, and a kit of its own: a copy of a notebook beside the library
/// and the records, and a place for what it writes. Removed after the test.</summary>
internal sealed class JupyterHome : IDisposable
{
    private readonly Small.Folder folder = new();

    /// <summary>The folder that holds <c>notebooks</c>, <c>lib</c> and <c>data</c>.</summary>
    public string Path => folder.File("kit");

    /// <summary>Forgets the runs that notebooks made: a finished run is not made again, and leaves no line about it in
    /// the cell.</summary>
    public void ForgetRuns() => Directory.Delete(System.IO.Path.Combine(Path, "out"), recursive: true);

    public async Task<string> NotebookAsync(string name)
    {
        var installed = await new LmProcess(folder.Path).RunAsync("install", "--prefix", folder.File("prefix"));
        Assert.True(installed.Code == 0, installed.Error);
        return Copy(name);
    }

    /// <summary>The notebook in the kit, without a kernel.</summary>
    public string Copy(string name)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "notebooks"));
        foreach (var linked in new[] { "lib", "data" })
            Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, linked),
                System.IO.Path.Combine(Root.Folder, linked));
        File.WriteAllText(System.IO.Path.Combine(Path, "LmNotebooks.sln"), "");   // by which the library knows the kit
        var copy = System.IO.Path.Combine(Path, "notebooks", name);
        File.Copy(System.IO.Path.Combine(Root.Folder, "notebooks", name), copy);
        return copy;
    }

    /// <summary>Starts a Jupyter program at the smallest scale.</summary>
    public Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = Path, RedirectStandardOutput = true,
            RedirectStandardError = true };
        start.Environment["JUPYTER_PATH"] = folder.File("prefix/share/jupyter");
        start.Environment["LM_SCALE"] = "Ci";
        foreach (var name in new[] { "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR" })
            start.Environment[name] = folder.File(name.ToLowerInvariant());
        return Process.Start(start)!;
    }

    public void Dispose() => folder.Dispose();
}
