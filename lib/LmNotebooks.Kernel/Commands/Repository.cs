namespace LmNotebooks.Kernel.Commands;

/// <summary>Finds the kit's folder, and the notebooks that a command line names.</summary>
internal static class Repository
{
    private const string Mark = "LmNotebooks.sln";

    /// <exception cref="CommandException">Neither the current folder nor the program lies in the kit.</exception>
    public static string Root() => TryRoot()
        ?? throw new CommandException($"The kit's folder, the one with {Mark}, is not above {Environment.CurrentDirectory}: change to it and try again.");

    /// <summary>The notebooks that a path or a pattern with * and ? in its last part names, in order of their names: relative to the
    /// current folder, else to the kit's notebooks.</summary>
    /// <exception cref="CommandException">There are none.</exception>
    public static IReadOnlyList<string> Find(string pattern)
    {
        string[] folders = TryRoot() is { } root ? [Environment.CurrentDirectory, Path.Combine(root, "notebooks")] : [Environment.CurrentDirectory];
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

    public static string? TryRoot() => Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory);

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, Mark))) return at.FullName;
        return null;
    }
}
