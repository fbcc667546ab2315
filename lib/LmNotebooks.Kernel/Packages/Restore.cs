using System.Text.Json;
using System.Text.Json.Nodes;
using static System.Environment;

namespace LmNotebooks.Kernel.Packages;

/// <summary>Lets <c>dotnet</c> find and download packages, and keeps what it found by a hash of what was asked, for
/// this session and for others.</summary>
internal static class Restore
{
    private static readonly TimeSpan NewestIsKept = TimeSpan.FromDays(1), Abandoned = TimeSpan.FromDays(1);

    private static string Cache
    {
        get
        {
            var own = GetFolderPath(SpecialFolder.LocalApplicationData, SpecialFolderOption.Create);
            return Path.Combine(own.Length > 0 ? own : Path.GetTempPath(), "lmnotebooks", "packages");
        }
    }

    /// <summary>The packages and all that they need, on this machine when this returns.</summary>
    /// <param name="isExact">Whether the answer is the same for ever. Otherwise it is looked up anew after a day, where
    /// that is possible.</param>
    /// <param name="waiting">Called every second while <c>dotnet</c> works.</param>
    /// <exception cref="PackageException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">By the token; nothing is left behind.</exception>
    public static RestoredPackages Run(
        RestoreProject project, bool isExact, Action<TimeSpan> waiting, CancellationToken token)
    {
        var kept = Path.Combine(Cache, project.Hash + ".json");
        var old = Read(kept) is { IsComplete: true } there ? there : null;
        if (old is not null && (isExact || DateTime.UtcNow - File.GetLastWriteTimeUtc(kept) < NewestIsKept)) return old;
        Clean();
        var work = Directory.CreateDirectory(Path.Combine(Cache, $"{project.Hash}-{Guid.NewGuid():N}"));
        try
        {
            var words = RestoreProcess.Run(project.Write(work.FullName), waiting, token);
            var assets = Path.Combine(work.FullName, "obj", "project.assets.json");
            if (Read(assets) is not { } found)
                throw new PackageException(null, $"dotnet could not restore packages: {words}");
            if (found.Problem is { } problem) return old ?? throw problem;
            File.Move(assets, kept, overwrite: true); // at once: another session may do the same
            return found;
        }
        finally { work.Delete(recursive: true); }
    }

    /// <summary>Removes what processes left that were killed at work.</summary>
    private static void Clean()
    {
        var folders = Directory.CreateDirectory(Cache).GetDirectories();
        foreach (var work in folders.Where(f => DateTime.UtcNow - f.LastWriteTimeUtc > Abandoned))
            work.Delete(recursive: true);
    }

    /// <returns>Null where there is none, or one that was cut off when a machine went down.</returns>
    private static RestoredPackages? Read(string assets)
    {
        try { return File.Exists(assets) ? new RestoredPackages(JsonNode.Parse(File.ReadAllText(assets))!) : null; }
        catch (JsonException) { return null; }
    }
}
