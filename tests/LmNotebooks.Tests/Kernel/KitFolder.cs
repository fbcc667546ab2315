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
        ? [.. Directory.GetFiles(Store.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".jsonl"))] : [];

    public string PathOf(string name) => folder.File(name);

    /// <summary>Takes over the records of another kit.</summary>
    public void Copy(KitFolder from)
    {
        foreach (var file in Directory.GetFiles(from.Store.Folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Store.Folder, Path.GetRelativePath(from.Store.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Dispose() => folder.Dispose();
}
