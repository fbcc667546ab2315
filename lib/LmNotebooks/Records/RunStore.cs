using System.Text.RegularExpressions;
using LmNotebooks.Files;

namespace LmNotebooks.Records;

/// <summary>The records of experiments, one file a run: <c>folder/experiment/scale/number-arm.jsonl</c>. It is the only
/// place where processes that share an experiment meet: a run is claimed by a lock that ends with its process, is
/// written aside, and gets its name when it is whole. So a killed process leaves nothing half-done, and no two
/// processes do the same run at the same time. <see cref="Shelf"/> keeps in memory what is read often.</summary>
public partial class RunStore(string folder)
{
    /// <summary>The most that the kit's own records may take, so that cloning it stays quick.</summary>
    public const long MostBytes = 12_000_000;

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The kit's own records, from which its figures and numbers are made.</summary>
    public static RunStore Committed => new(Path.Combine(Kit.Folder, "data", "results"));

    /// <summary>The records of runs made on this machine, from notebooks for example.</summary>
    public static RunStore Local => new(Path.Combine(Kit.Folder, "out", "records"));

    /// <summary>All records of one experiment at one scale, in order of their numbers.</summary>
    /// <exception cref="InvalidDataException">A file is broken; one sentence that names it.</exception>
    public IReadOnlyList<RunRecord> Read(string experiment, string scale) =>
        [.. Files(experiment, scale).Select(f => f.FullName).Order(StringComparer.Ordinal).Select(Load)
            .OfType<RunRecord>()];

    /// <summary>The records of one experiment at one scale, to be looked at often and followed while runs are
    /// made.</summary>
    /// <exception cref="InvalidDataException">A file is broken; one sentence that names it.</exception>
    internal Shelf Shelf(string experiment, string scale) => new(this, experiment, scale);

    /// <summary>The files of the records of one experiment at one scale.</summary>
    internal IEnumerable<FileInfo> Files(string experiment, string scale) =>
        new DirectoryInfo(Of(experiment, scale)) is { Exists: true } folder ? folder.EnumerateFiles("*.jsonl") : [];

    /// <summary>Reads a file; null for a run that never began.</summary>
    protected internal virtual RunRecord? Load(string path) => RunFile.TryRead(path);

    /// <summary>Size of the records of one experiment at one scale; of all records where none is named.</summary>
    public long Bytes(string experiment = "", string scale = "") => Of(experiment, scale) is var at
        && Directory.Exists(at)
        ? new DirectoryInfo(at).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0;

    /// <summary>Makes one run and keeps its record, unless another process is at it.</summary>
    /// <param name="path">The file of the record.</param>
    /// <param name="needed">Asked once no other process can be at it: one that has just ended may have made the
    /// record.</param>
    /// <param name="write">Writes the whole record to the given path. If it throws, nothing is kept.</param>
    /// <returns>Whether there is a record of the run now; false if it is being made elsewhere.</returns>
    /// <exception cref="IOException">The store cannot be written; one sentence.</exception>
    internal bool Make(string path, Func<bool> needed, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var claim = Claim(path + ".lock");
        if (claim is null) return false;
        if (!needed()) return true;
        var part = path + ".part";
        try
        {
            write(part);
            WholeFile.Replace(part, path);
        }
        finally { File.Delete(part); }
        return true;
    }

    /// <summary>Takes away what killed processes left: claims that nobody holds, and the half-written records that
    /// belong to them.</summary>
    internal void Tidy(string experiment, string scale)
    {
        if (!Directory.Exists(Of(experiment, scale))) return;
        foreach (var path in Directory.GetFiles(Of(experiment, scale), "*.lock"))
        {
            using var claim = Claim(path);
            if (claim is not null) File.Delete(Path.ChangeExtension(path, ".part"));
        }
    }

    private string Of(string experiment, string scale) => Path.Combine(Folder, experiment, scale.ToLowerInvariant());

    internal string PathOf(string experiment, string scale, int number, string arm) =>
        Path.Combine(Of(experiment, scale), $"{number:D3}-{FileName(arm)}.jsonl");

    /// <summary>A name of an arm as part of the name of a file.</summary>
    internal static string FileName(string name) => Unfit().Replace(name.ToLowerInvariant(), "-");

    /// <summary>The operating system gives the lock back when the process ends, however it ends.</summary>
    private static FileStream? Claim(string path)
    {
        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
            FileOptions.DeleteOnClose); }
        catch (IOException) when (File.Exists(path)) { return null; }
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unfit();
}
