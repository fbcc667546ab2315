using LmNotebooks.Files;

namespace LmNotebooks.Kernel.Commands;

internal enum FileState { Missing, Current, Older, Foreign }

/// <summary>A file that installing writes and uninstalling removes.</summary>
/// <param name="Text">What it holds when it is current.</param>
/// <param name="IsOurs">Whether a text is that of an older file of ours.</param>
internal sealed record OwnFile(string Path, string Text, Func<string, bool> IsOurs, bool Executable = false)
{
    private const UnixFileMode ForAll =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public FileState State
    {
        get
        {
            if (Directory.Exists(Path)) return FileState.Foreign;
            if (!File.Exists(Path)) return FileState.Missing;
            var text = File.ReadAllText(Path);
            return text == Text ? FileState.Current : IsOurs(text) ? FileState.Older : FileState.Foreign;
        }
    }

    /// <summary>Writes the whole file or leaves the old one as it was.</summary>
    /// <exception cref="CommandException">Its folder cannot be made; one sentence.</exception>
    /// <exception cref="IOException">It cannot be written; one sentence.</exception>
    public void Write()
    {
        Try("written", () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!));
        WholeFile.Write(Path, Text);
        if (Executable && !OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | ForAll);
    }

    /// <exception cref="CommandException">It cannot be removed.</exception>
    public void Remove() => Try("removed", () => File.Delete(Path));

    private void Try(string done, Action action)
    {
        try { action(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{Path} cannot be {done}: {e.Message}");
        }
    }
}
