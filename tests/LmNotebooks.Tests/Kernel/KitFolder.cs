using LmNotebooks.Records;

namespace LmNotebooks.Tests.Kernel;

/// <summary>A kit of its own for a test: a folder in which <c>lm</c> keeps records, removed with it.</summary>
public sealed class KitFolder : IDisposable
{
    private readonly Small.Folder folder = new();

    public KitFolder()
    {
        File.WriteAllText(folder.File("LmNotebooks.sln"), "");
        Lm = new LmProcess(folder.Path);
        Store = new RunStore(folder.File("data/results"));
    }

    internal LmProcess Lm { get; }
    public RunStore Store { get; }
    public IReadOnlyList<RunRecord> Records => Store.Read("language-models", "ci");

    /// <summary>What must not be left behind: half-written records and claims.</summary>
    public IReadOnlyList<string> HalfDone => Directory.Exists(Store.Folder)
        ? [.. Directory.GetFiles(Store.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".jsonl"))]
            : [];

    public string PathOf(string name) => folder.File(name);

    /// <summary>Takes over the records of another store.</summary>
    /// <param name="experiment">Of this experiment only; of all where it is left out.</param>
    public void Copy(RunStore from, string experiment = "")
    {
        foreach (var file in Directory.GetFiles(Path.Combine(from.Folder, experiment), "*",
            SearchOption.AllDirectories))
        {
            var to = Path.Combine(Store.Folder, Path.GetRelativePath(from.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Dispose() => folder.Dispose();
}
