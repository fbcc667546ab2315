using LmNotebooks.Records;

namespace LmNotebooks.Kernel.Commands;

/// <summary>Notebooks as a command line names them.</summary>
internal static class NotebookPattern
{
    /// <summary>The notebooks that a path or a pattern with * and ? in its last part names, in order of their names: relative to the
    /// current folder, else to the kit's notebooks.</summary>
    /// <exception cref="CommandException">There are none.</exception>
    public static IReadOnlyList<string> Find(string pattern)
    {
        string[] folders = Kit.TryFolder is { } root ? [Environment.CurrentDirectory, Path.Combine(root, "notebooks")] : [Environment.CurrentDirectory];
        foreach (var folder in folders)
        {
            var path = Path.GetFullPath(pattern, folder);
            var (directory, name) = (Path.GetDirectoryName(path), Path.GetFileName(path));
            if (!Directory.Exists(directory) || name.Length == 0) continue;
            var found = name.IndexOfAny(['*', '?']) < 0
                ? File.Exists(path) ? [path] : []
                : Directory.GetFiles(directory, name).Where(f => f.EndsWith(".ipynb", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
            if (found.Length > 0) return found;
        }
        throw new CommandException($"There is no notebook '{pattern}' in {string.Join(" or ", folders)}.");
    }
}
