namespace LmNotebooks.Files;

/// <summary>Files that are written whole or not at all. The new content is written beside the old and takes its name
/// once it is on the disk: a full disk, a kill or a power cut leaves what was there. A link stays a link to what is
/// written, and the permissions and, where the system allows it, the owner stay those of the old file.</summary>
public static class WholeFile
{
    private const int MostLinks = 40;
    private const string Beside = ".lm-*.part";

    /// <summary>Nobody writes for so long at a file without finishing it: its writer was killed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Writes a text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="IOException">It cannot be written; one sentence that says why.</exception>
    public static void Write(string path, string text) => Try(path, () => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    }));

    /// <param name="write">Writes the whole content. If it throws, the old file stays.</param>
    /// <exception cref="IOException">The disk is full, there is no such folder, or another program holds the
    /// file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is write-protected, or a folder.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var target = Target(path);
        Check(target);
        Tidy(Path.GetDirectoryName(target)!);
        var part = PartBeside(target);
        try
        {
            using (var stream = new FileStream(part, Private(target)))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            Replace(part, target);
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }

    /// <summary>Gives a file that is whole the name of another, which it replaces, with that one's
    /// permissions.</summary>
    public static void Replace(string part, string path)
    {
        var target = Target(path);
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            var mode = File.GetUnixFileMode(target);
            FileOwner.Copy(target, part);
            File.SetUnixFileMode(part, mode);
        }
        File.Move(part, target, overwrite: true);
    }

    /// <summary>Refuses what a write would refuse, before there is anything to write.</summary>
    /// <exception cref="IOException">It cannot be written; one sentence that says why.</exception>
    public static void CheckWritable(string path) => Try(path, () =>
    {
        var target = Target(path);
        Check(target);
        var probe = PartBeside(target);
        File.Create(probe).Dispose();
        File.Delete(probe);
    });

    /// <summary>Whether a file is empty or begins with zeros: what a power cut or a synchronised folder leaves of one
    /// that was never written.</summary>
    public static bool IsBlank(string path)
    {
        var begin = new byte[64];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        return !begin.AsSpan(0, read).ContainsAnyExcept((byte)0);
    }

    /// <summary>The full path of what a path leads to, with no link in it; the file itself need not exist.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Target(string path)
    {
        var (full, links) = (Path.GetFullPath(path), 0);
        return Follow(Path.GetPathRoot(full)!, full);

        string Follow(string at, string way)
        {
            var relative = way[(Path.GetPathRoot(way) ?? "").Length..];
            foreach (var step in relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
            {
                if (step is "" or ".") continue;
                var next = step == ".." ? Path.GetDirectoryName(at) ?? at : Path.Combine(at, step);
                if (new FileInfo(next).LinkTarget is not { } link) at = next;
                else if (++links > MostLinks) throw new IOException($"{path} is a link that leads in a circle.");
                else at = Follow(Path.IsPathRooted(link) ? Path.GetPathRoot(link)! : at, link);
            }
            return at;
        }
    }

    private static void Try(string path, Action action)
    {
        try { action(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Renaming would replace a file that is protected: that says only who may write to its folder.</summary>
    private static void Check(string target)
    {
        if (Directory.Exists(target)) throw new UnauthorizedAccessException("it is a folder");
        if (!File.Exists(target)) return;
        const FileShare withAll = FileShare.ReadWrite | FileShare.Delete;
        try { new FileStream(target, FileMode.Open, FileAccess.Write, withAll).Dispose(); }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException(
                "it is write-protected; allow writing to it, or choose another place");
        }
    }

    /// <summary>As closed to others as the old file from the first byte on.</summary>
    private static FileStreamOptions Private(string target)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows() && File.Exists(target)) options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }

    /// <summary>A name that nothing else has, and that is no longer for a longer name of the file.</summary>
    private static string PartBeside(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, Beside.Replace("*", $"{Guid.NewGuid():N}"));

    private static void Tidy(string folder)
    {
        try
        {
            foreach (var part in Directory.EnumerateFiles(folder, Beside))
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > Abandoned) File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is wrong with the folder shows when it is written.
        }
    }
}
