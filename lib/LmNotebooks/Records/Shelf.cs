using System.Collections.Concurrent;

namespace LmNotebooks.Records;

/// <summary>The records of one experiment at one scale, in memory: each file is read once, and again when its time or
/// its size has changed. To look at a record touches no file; what other processes have made since then shows after
/// <see cref="Refresh()"/>.</summary>
internal sealed class Shelf
{
    private readonly RunStore store;
    private readonly string experiment, scale;
    private readonly ConcurrentDictionary<string, (Stamp Stamp, RunRecord? Record)> records = new();

    private readonly record struct Stamp(DateTime Written, long Bytes);

    /// <exception cref="InvalidDataException">A file is broken; one sentence that names it.</exception>
    internal Shelf(RunStore store, string experiment, string scale)
    {
        (this.store, this.experiment, this.scale) = (store, experiment, scale);
        Refresh();
    }

    /// <summary>The record of one run; null if it had not been made at the last refresh.</summary>
    public RunRecord? Find(int number, string arm) =>
        records.GetValueOrDefault(store.PathOf(experiment, scale, number, arm)).Record;

    /// <summary>Looks through the folder for files that are new, gone or changed.</summary>
    /// <exception cref="InvalidDataException">A file is broken; one sentence that names it.</exception>
    public void Refresh()
    {
        var files = store.Files(experiment, scale).ToList();
        foreach (var gone in records.Keys.Except(files.Select(f => f.FullName))) records.TryRemove(gone, out _);
        foreach (var file in files) Refresh(file);
    }

    /// <summary>Makes one run and keeps its record, unless another process is at it; see
    /// <see cref="RunStore.Make"/>.</summary>
    public bool Make(int number, string arm, Func<bool> needed, Action<string> write)
    {
        var path = store.PathOf(experiment, scale, number, arm);
        var isThere = store.Make(path, () =>
        {
            Refresh(new FileInfo(path));   // another process may have ended it just now
            return needed();
        }, write);
        Refresh(new FileInfo(path));
        return isThere;
    }

    private void Refresh(FileInfo file)
    {
        if (!file.Exists)
        {
            records.TryRemove(file.FullName, out _);
            return;
        }
        var stamp = new Stamp(file.LastWriteTimeUtc, file.Length);
        if (!records.TryGetValue(file.FullName, out var read) || read.Stamp != stamp)
            records[file.FullName] = (stamp, store.Load(file.FullName));
    }
}
